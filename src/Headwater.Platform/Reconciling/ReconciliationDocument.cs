using System.Text;
using Headwater.Query.Reconciling;

namespace Headwater.Platform.Reconciling;

/// <summary>Why two numbers differ, as programs get it. Amounts are decimal numbers as text, so that no digit is lost; those of the causes add up to the gap.</summary>
/// <param name="Gap">Left less right.</param>
/// <param name="MatchedBy">What rows are matched by.</param>
/// <param name="Agreeing">Keys under which both sides have the same.</param>
/// <param name="Causes">In the order in which causes are looked for.</param>
/// <param name="Groups">The gap by group, if groups were asked for.</param>
public sealed record ReconciliationDocument(
    string Left,
    string Right,
    string LeftTotal,
    string RightTotal,
    string Gap,
    IReadOnlyList<string> MatchedBy,
    long Agreeing,
    IReadOnlyList<GapCauseDocument> Causes,
    IReadOnlyList<GapGroup> Groups
)
{
    public static ReconciliationDocument Of(Reconciliation answer) =>
        new(
            answer.Left,
            answer.Right,
            answer.LeftTotal,
            answer.RightTotal,
            answer.Gap,
            answer.MatchedBy,
            answer.Agreeing,
            [
                .. answer.Causes.Select(cause => new GapCauseDocument(
                    cause.Id,
                    Word(cause.Kind),
                    cause.Side is { } side ? Word(side) : null,
                    cause.Filter,
                    cause.Text,
                    cause.Amount,
                    cause.Rows,
                    cause.LeftRows,
                    cause.RightRows,
                    cause.Sample
                )),
            ],
            answer.Groups
        );

    private static string Word(Enum value)
    {
        var text = new StringBuilder();
        foreach (var character in value.ToString())
        {
            text.Append(char.IsUpper(character) && text.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}

/// <param name="Cause">no_key, only_one_side, filter, date, currency, join, group, value or rounding.</param>
/// <param name="Side">left or right; absent where it is at both.</param>
/// <param name="Sample">The first few rows; all of them are asked for by the id.</param>
public sealed record GapCauseDocument(
    string Id,
    string Cause,
    string? Side,
    string? Filter,
    string Text,
    string Amount,
    long Rows,
    long LeftRows,
    long RightRows,
    IReadOnlyList<GapRow> Sample
);
