using Headwater.Simulator.Chance;
using Headwater.Simulator.Company;

namespace Headwater.Simulator.Deals;

/// <summary>
/// Decides each opportunity from its number alone, so that any part of the stream can be made by itself. Whether it is won depends on the agent's
/// skill, the product's fit, the account's loyalty and how long it took; how long it takes depends on the price.
/// </summary>
internal sealed class DealSimulation
{
    private const ulong DealKind = 3;
    private const double BaseLogOdds = 0.55;
    private const double UnknownAccount = 0.68;
    private const double OnlyProspected = 0.24;

    private readonly SimulatedCompany _company;
    private readonly ulong _seed;
    private readonly DateOnly _firstDay;
    private readonly DateOnly _lastDay;
    private readonly Weights _agents;
    private readonly Weights _products;
    private readonly Weights _accounts;

    public DealSimulation(SimulatedCompany company, ulong seed, DateOnly firstDay, DateOnly lastDay)
    {
        _company = company;
        _seed = seed;
        _firstDay = firstDay;
        _lastDay = lastDay;
        _agents = new Weights([.. company.Agents.Select(agent => agent.Volume)]);
        _products = new Weights([.. company.Products.Select(product => product.Volume)]);
        _accounts = new Weights([.. company.Accounts.Select(account => account.Volume)]);
    }

    /// <summary>The opportunity of a number that was engaged on a day.</summary>
    public Deal Decide(long number, int day)
    {
        var chance = SplitMix.For(_seed, DealKind, (ulong)number);
        var agent = _agents.Pick(ref chance);
        var product = _products.Pick(ref chance);
        var account = PickAccount(ref chance, day);
        var engagedOn = _firstDay.AddDays(day);
        var price = _company.Products[product].Price;
        var takes = (int)Math.Clamp(Math.Exp(3.4 + 0.05 * Math.Log(price) + 0.65 * chance.NextNormal()), 1, 400);
        var closedOn = engagedOn.AddDays(takes);
        var won = chance.NextUnit() < Probability(agent, product, account, takes);
        var discount = Math.Clamp(1 + 0.09 * chance.NextNormal(), 0.7, 1.3);
        var isKnown = chance.NextUnit();
        var isProspected = chance.NextUnit() < OnlyProspected;
        if (closedOn > _lastDay)
        {
            return new Deal(
                number,
                agent,
                product,
                isKnown < UnknownAccount ? -1 : account,
                isProspected ? Stage.Prospecting : Stage.Engaging,
                isProspected ? null : engagedOn,
                null,
                null
            );
        }

        return new Deal(
            number,
            agent,
            product,
            account,
            won ? Stage.Won : Stage.Lost,
            engagedOn,
            closedOn,
            won ? (int)Math.Round(price * discount) : 0
        );
    }

    private double Probability(int agent, int product, int account, int takes)
    {
        var logOdds =
            BaseLogOdds
            + _company.Agents[agent].Skill
            + _company.Products[product].Fit
            + _company.Accounts[account].Loyalty
            - 0.003 * (takes - 45);
        return 1 / (1 + Math.Exp(-logOdds));
    }

    // An account buys only while it is a customer; after a few misses the nearest one that is takes the place.
    private int PickAccount(ref SplitMix chance, int day)
    {
        var picked = _accounts.Pick(ref chance);
        for (var attempt = 0; attempt < 8 && !IsCustomer(picked, day); attempt++)
        {
            picked = _accounts.Pick(ref chance);
        }

        for (var step = 0; step < _company.Accounts.Count && !IsCustomer(picked, day); step++)
        {
            picked = (picked + 1) % _company.Accounts.Count;
        }

        return picked;
    }

    private bool IsCustomer(int account, int day) =>
        _company.Accounts[account].FromDay <= day && day <= _company.Accounts[account].UntilDay;
}
