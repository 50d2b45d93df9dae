using System.Text;
using Headwater.Simulator.Company;
using Headwater.Simulator.Deals;

namespace Headwater.Simulator.Files;

/// <summary>Writes opportunities as the CRM exports them, dirt included: names without their space, accounts not known yet.</summary>
internal sealed class PipelineFile
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int IdLength = 8;
    private const int FlushAt = 1 << 16;
    private const int MisspeltEvery = 6;

    // Without a common factor with 36^8, so that every number has an id of its own that does not show its order.
    private const ulong Scramble = 1_664_525_000_007;

    private static readonly byte[][] Stages = [.. Enum.GetNames<Stage>().Select(Encoding.UTF8.GetBytes)];

    private readonly byte[][] _agents;
    private readonly byte[][] _products;
    private readonly byte[][] _misspelt;
    private readonly byte[][] _accounts;
    private readonly CsvLine _line = new();
    private readonly Stream _output;

    public PipelineFile(SimulatedCompany company, Stream output)
    {
        _output = output;
        _agents = [.. company.Agents.Select(agent => Encoding.UTF8.GetBytes(agent.Name))];
        _products = [.. company.Products.Select(product => Encoding.UTF8.GetBytes(product.Name))];
        _misspelt =
        [
            .. company.Products.Select(product =>
                Encoding.UTF8.GetBytes(
                    product.Name.EndsWith(" Pro", StringComparison.Ordinal)
                        ? product.Name.Replace(" Pro", "Pro", StringComparison.Ordinal)
                        : product.Name
                )
            ),
        ];
        _accounts = [.. company.Accounts.Select(account => Encoding.UTF8.GetBytes(account.Name))];
        _line.Line(
            "opportunity_id",
            "sales_agent",
            "product",
            "account",
            "deal_stage",
            "engage_date",
            "close_date",
            "close_value"
        );
    }

    public void Write(in Deal deal)
    {
        Span<byte> id = stackalloc byte[IdLength];
        WriteId(deal.Number, id);
        _line.Field(id);
        _line.Field(_agents[deal.Agent]);
        _line.Field((deal.Number % MisspeltEvery == 0 ? _misspelt : _products)[deal.Product]);
        _line.Field(deal.Account < 0 ? [] : _accounts[deal.Account]);
        _line.Field(Stages[(int)deal.Stage]);
        Field(deal.EngagedOn);
        Field(deal.ClosedOn);
        if (deal.Value is { } value)
        {
            _line.Field(value);
        }
        else
        {
            _line.Empty();
        }

        _line.End();
        if (_line.Written.Length > FlushAt)
        {
            Flush();
        }
    }

    public void Flush()
    {
        _output.Write(_line.Written);
        _line.Clear();
    }

    private void Field(DateOnly? date)
    {
        if (date is { } day)
        {
            _line.Field(day);
        }
        else
        {
            _line.Empty();
        }
    }

    private static void WriteId(long number, Span<byte> id)
    {
        const ulong space = 36UL * 36 * 36 * 36 * 36 * 36 * 36 * 36;
        var scrambled = (ulong)((UInt128)((ulong)number + 1) * Scramble % space);
        for (var place = id.Length - 1; place >= 0; place--)
        {
            id[place] = (byte)Digits[(int)(scrambled % 36)];
            scrambled /= 36;
        }
    }
}
