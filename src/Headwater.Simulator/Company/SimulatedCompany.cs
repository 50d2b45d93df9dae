using Headwater.Simulator.Chance;

namespace Headwater.Simulator.Company;

/// <summary>Who sells what to whom. Made from a seed; every name in it is invented.</summary>
public sealed record SimulatedCompany(
    IReadOnlyList<SalesAgent> Agents,
    IReadOnlyList<Product> Products,
    IReadOnlyList<Account> Accounts
);

/// <param name="Skill">Added to the log-odds of winning.</param>
/// <param name="Volume">Share of the opportunities, relative to the other agents.</param>
public sealed record SalesAgent(string Name, string Manager, string Office, double Skill, double Volume);

/// <param name="Price">List price in whole units of money.</param>
/// <param name="Fit">Added to the log-odds of winning.</param>
public sealed record Product(string Name, string Series, int Price, double Fit, double Volume);

/// <param name="FromDay">First day, counted from the start of the simulation, on which it buys.</param>
/// <param name="UntilDay">Last day: it has churned after.</param>
/// <param name="Loyalty">Added to the log-odds of winning.</param>
public sealed record Account(
    string Name,
    string Sector,
    int Founded,
    double RevenueMillions,
    int Employees,
    string Country,
    int FromDay,
    int UntilDay,
    double Loyalty,
    double Volume
);

/// <summary>Makes companies.</summary>
public static class CompanyFactory
{
    private const ulong AgentKind = 1;
    private const ulong AccountKind = 2;

    private static readonly string[] FirstNames =
    [
        "Alma",
        "Boris",
        "Cleo",
        "Dario",
        "Edda",
        "Falk",
        "Gwen",
        "Hugo",
        "Ines",
        "Jonas",
        "Kira",
        "Luis",
        "Maren",
        "Nils",
        "Olga",
        "Pavel",
        "Quinn",
        "Rosa",
        "Sven",
        "Tilda",
        "Ugo",
        "Vera",
        "Willem",
        "Xenia",
        "Yara",
        "Zeno",
    ];
    private static readonly string[] LastNames =
    [
        "Ashdown",
        "Birkholt",
        "Carrowby",
        "Dunmere",
        "Elsworth",
        "Fenwold",
        "Garrick",
        "Holmgrove",
        "Ingleby",
        "Jesselton",
        "Kestrel",
        "Larkspur",
        "Merriden",
        "Norrick",
        "Oakhurst",
        "Penhallow",
    ];
    private static readonly string[] Managers =
    [
        "Adela Thornbury",
        "Bruno Wexcombe",
        "Carla Yewdale",
        "Derek Vantham",
        "Elin Rookwood",
        "Felix Strathmoor",
    ];
    private static readonly string[] Stems =
    [
        "Alder",
        "Brindle",
        "Cobalt",
        "Dorset",
        "Ember",
        "Fjord",
        "Granite",
        "Harbor",
        "Indigo",
        "Juniper",
        "Krypton",
        "Lumen",
        "Meridian",
        "Nimbus",
        "Opal",
        "Pinnacle",
        "Quarry",
        "Rowan",
        "Summit",
        "Tundra",
        "Umber",
        "Vertex",
        "Willow",
        "Zephyr",
    ];
    private static readonly string[] Endings =
    [
        "Works",
        "Labs",
        "Health",
        "Foods",
        "Systems",
        "Retail",
        "Media",
        "Logistics",
        "Energy",
        "Partners",
    ];
    private static readonly (string Name, double Share, double Ease)[] Sectors =
    [
        ("retail", 0.20, 0.05),
        ("technology", 0.16, 0.15),
        ("medical", 0.15, 0.10),
        ("software", 0.11, 0.00),
        ("finance", 0.11, -0.15),
        ("marketing", 0.09, 0.20),
        ("entertainment", 0.07, -0.05),
        ("telecommunications", 0.06, -0.10),
        ("services", 0.05, 0.00),
    ];
    private static readonly (string Name, double Share)[] Countries =
    [
        ("United States", 0.72),
        ("Germany", 0.05),
        ("Japan", 0.04),
        ("Brazil", 0.04),
        ("Kenya", 0.04),
        ("Korea", 0.04),
        ("Philippines", 0.04),
        ("Norway", 0.03),
    ];
    private static readonly (string Name, double Volume, double Skill)[] Offices =
    [
        ("Central", 0.36, 0.00),
        ("West", 0.36, 0.12),
        ("East", 0.28, -0.06),
    ];

    private static readonly Product[] Range =
    [
        new("Aura Basic", "Aura", 550, 0.05, 0.21),
        new("Aura Plus", "Aura", 1_096, 0.10, 0.17),
        new("Aura Pro", "Aura", 4_821, -0.05, 0.16),
        new("Borea Special", "Borea", 55, 0.15, 0.18),
        new("Borea Advanced", "Borea", 3_393, -0.10, 0.16),
        new("Aura Plus Pro", "Aura", 5_482, 0.00, 0.11),
        new("Cirrus 500", "Cirrus", 26_768, -0.25, 0.01),
    ];

    /// <summary>A company of some size.</summary>
    /// <param name="seed">The same seed makes the same company.</param>
    /// <param name="agents">Sales agents, at least 1.</param>
    /// <param name="accounts">Accounts, at least 1.</param>
    /// <param name="days">Length of the simulation.</param>
    public static SimulatedCompany Create(ulong seed, int agents, int accounts, int days) =>
        new(
            [.. Enumerable.Range(0, agents).Select(number => Agent(seed, number))],
            Range,
            [.. Enumerable.Range(0, accounts).Select(number => MakeAccount(seed, number, days))]
        );

    private static SalesAgent Agent(ulong seed, int number)
    {
        var chance = SplitMix.For(seed, AgentKind, (ulong)number);
        var office = Offices[number % Offices.Length];
        // Two managers an office.
        var manager = Managers[number % Managers.Length];
        return new SalesAgent(
            UniqueName(number, FirstNames, LastNames),
            manager,
            office.Name,
            office.Skill + 0.25 * chance.NextNormal(),
            office.Volume * Math.Exp(0.45 * chance.NextNormal())
        );
    }

    private static Account MakeAccount(ulong seed, int number, int days)
    {
        var chance = SplitMix.For(seed, AccountKind, (ulong)number);
        var sector = Sectors[Pick(ref chance, [.. Sectors.Select(item => item.Share)])];
        var country = Countries[Pick(ref chance, [.. Countries.Select(item => item.Share)])].Name;
        var employees = (int)Math.Clamp(Math.Exp(7.2 + 1.1 * chance.NextNormal()), 9, 40_000);
        // Two thirds are there from the start; one in six has left before the end.
        var from = chance.NextUnit() < 0.66 ? 0 : chance.NextBelow(Math.Max(1, days * 3 / 4));
        var until = chance.NextUnit() < 0.17 ? from + chance.NextBelow(Math.Max(1, days - from)) : days;
        return new Account(
            UniqueName(number, Stems, Endings),
            sector.Name,
            1979 + chance.NextBelow(39),
            Math.Round(employees * (0.18 + 0.25 * chance.NextUnit()), 2),
            employees,
            country,
            from,
            until,
            sector.Ease + 0.2 * chance.NextNormal(),
            Math.Exp(0.6 * chance.NextNormal())
        );
    }

    private static int Pick(ref SplitMix chance, double[] shares)
    {
        var left = chance.NextUnit() * shares.Sum();
        for (var index = 0; index < shares.Length - 1; index++)
        {
            left -= shares[index];
            if (left < 0)
            {
                return index;
            }
        }

        return shares.Length - 1;
    }

    private static string UniqueName(int number, string[] first, string[] second)
    {
        var combinations = first.Length * second.Length;
        // A step without a common factor visits every combination once.
        var place = (int)((long)(number % combinations) * 37 % combinations);
        var name = $"{first[place % first.Length]} {second[place / first.Length]}";
        return number < combinations ? name : $"{name} {number / combinations + 1}";
    }
}
