using System.Text;
using Headwater.Metrics.Planning.Outputs;
using Headwater.Metrics.Semantics;
using Headwater.Sql.Lexing;

namespace Headwater.Metrics.Explaining;

/// <summary>How metrics are computed from aggregates, in words.</summary>
internal sealed class OutputWords(ColumnWords columns)
{
    public string Of(OutputExpression expression) =>
        expression switch
        {
            AggregateOutput { FillNullsWith: { } fill } output =>
                $"{columns.Find(output.Column)}, or {fill} where there is none",
            AggregateOutput output => columns.Find(output.Column),
            RatioOutput ratio => $"{Of(ratio.Numerator)}, divided by {Of(ratio.Denominator)} (nothing where that is 0)",
            DerivedOutput derived => Substituted(derived),
            DifferenceOutput difference => $"{Of(difference.Left)}, less {Of(difference.Right)}",
            ShareOutput share =>
                $"{Of(share.Value)}, as a part of its sum over all rows{Each(share.Partition, " of the same ")}",
            RunningTotalOutput running =>
                $"{Of(running.Value)}, {Done(running.Aggregation)} in the order of {Narration.Listed(running.OrderBy.Select(columns.Find))}{Each(running.Partition, " for each ")}",
            RankOutput { InPercent: true } rank => $"the part of the other rows with less of {Of(rank.Value)}",
            RankOutput rank => $"the place by {Of(rank.Value)}, the greatest first",
            _ => throw new InvalidOperationException($"no words for {expression.GetType().Name}"),
        };

    private static string Done(Aggregation aggregation) =>
        aggregation switch
        {
            Aggregation.Min => "the least up to then",
            Aggregation.Max => "the greatest up to then",
            _ => "added up",
        };

    private string Each(IReadOnlyList<string> partition, string word) =>
        partition.Count == 0 ? "" : word + Narration.Listed(partition.Select(columns.Find));

    private string Substituted(DerivedOutput derived)
    {
        var text = new StringBuilder();
        var position = 0;
        foreach (var token in SqlLexer.Read(derived.Expression))
        {
            text.Append(derived.Expression, position, token.Start - position);
            position = token.Start + token.Length;
            if (
                token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedIdentifier
                && derived.Inputs.TryGetValue(token.Value, out var input)
            )
            {
                text.Append('[').Append(Of(input)).Append(']');
            }
            else
            {
                text.Append(derived.Expression, token.Start, token.Length);
            }
        }

        return text.Append(derived.Expression, position, derived.Expression.Length - position).ToString();
    }
}
