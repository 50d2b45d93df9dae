using System.Text;
using Headwater.Metrics.Planning.Outputs;
using Headwater.Metrics.Semantics;
using Headwater.Sql.Dialects;
using Headwater.Sql.Lexing;

namespace Headwater.Metrics.Rendering;

/// <summary>Writes metrics as expressions over aggregates.</summary>
internal sealed class OutputRenderer(SqlDialect dialect)
{
    public string Render(OutputExpression expression) =>
        expression switch
        {
            AggregateOutput { FillNullsWith: { } fill } output => $"coalesce({output.Column}, {fill})",
            AggregateOutput output => output.Column,
            RatioOutput ratio =>
                $"{dialect.AsDouble(Render(ratio.Numerator))} / nullif({dialect.AsDouble(Render(ratio.Denominator))}, 0)",
            DerivedOutput derived => $"({Substitute(derived)})",
            DifferenceOutput difference => $"({Render(difference.Left)} - {Render(difference.Right)})",
            ShareOutput share =>
                $"{dialect.AsDouble(Render(share.Value))} / nullif({dialect.AsDouble($"sum({Render(share.Value)}) OVER ({Partition(share.Partition)})")}, 0)",
            RunningTotalOutput running =>
                $"{Call(running.Aggregation)}({Render(running.Value)}) OVER ({Partition(running.Partition)} ORDER BY {string.Join(", ", running.OrderBy)} ROWS UNBOUNDED PRECEDING)",
            RankOutput { InPercent: true } rank => $"percent_rank() OVER (ORDER BY {Render(rank.Value)} NULLS FIRST)",
            RankOutput rank => $"rank() OVER (ORDER BY {Render(rank.Value)} DESC NULLS LAST)",
            _ => throw new InvalidOperationException($"unknown output {expression.GetType().Name}"),
        };

    private static string Call(Aggregation aggregation) =>
        aggregation switch
        {
            Aggregation.Min => "min",
            Aggregation.Max => "max",
            _ => "sum",
        };

    private static string Partition(IReadOnlyList<string> columns) =>
        columns.Count == 0 ? "" : $"PARTITION BY {string.Join(", ", columns)}";

    private string Substitute(DerivedOutput derived)
    {
        var text = new StringBuilder();
        var tokens = SqlLexer.Read(derived.Expression);
        // A ratio of two counts is no whole number, whatever the engine makes of it.
        var divides = dialect.DividesWholeNumbers && tokens.Any(token => token.Value == "/");
        foreach (var token in tokens)
        {
            if (
                token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedIdentifier
                && derived.Inputs.TryGetValue(token.Value, out var input)
            )
            {
                text.Append(divides ? dialect.AsDouble(Render(input)) : $"({Render(input)})");
            }
            else
            {
                text.Append(derived.Expression, token.Start, token.Length);
            }
        }

        return text.ToString();
    }
}
