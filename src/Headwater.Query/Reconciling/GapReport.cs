using System.Globalization;
using Headwater.Warehouse.Results;

namespace Headwater.Query.Reconciling;

/// <summary>Reads what the comparison found into what is told.</summary>
internal sealed class GapReport(Comparison comparison, ReconcileRequest request)
{
    private const string Empty = "\uE000";

    private static readonly (string Word, GapKind Kind)[] Kinds =
    [
        ("no_key", GapKind.NoKey),
        ("one_side", GapKind.OnlyOneSide),
        ("filter", GapKind.Filter),
        ("date", GapKind.Date),
        ("currency", GapKind.Currency),
        ("join", GapKind.Join),
        ("group", GapKind.Group),
        ("value", GapKind.Value),
        ("rounding", GapKind.Rounding),
    ];

    private int KeyCount => comparison.Keys.Count;

    public Reconciliation Tell(ResultTable summary)
    {
        var rows = Enumerable.Range(0, (int)summary.RowCount).ToList();
        ExactNumber left = default,
            right = default;
        var agreeing = 0L;
        var causes = new List<GapCause>();
        var floating = default(ExactNumber);
        foreach (var row in rows)
        {
            var part = Text(summary, row, 0)!;
            if (part == "float")
            {
                var lost = Number(summary, row, 4);
                if (Text(summary, row, 2) == "l")
                {
                    left += lost;
                    floating += lost;
                }
                else
                {
                    right += lost;
                    floating -= lost;
                }
            }
            else if (part == "sum")
            {
                left += Number(summary, row, 5);
                right += Number(summary, row, 6);
                if (Text(summary, row, 1) == "equal")
                {
                    agreeing += Count(summary, row, 7);
                }
                else
                {
                    causes.Add(Cause(summary, row, rows));
                }
            }
        }

        if (!floating.Units.IsZero)
        {
            causes = WithFloating(causes, floating);
        }

        causes =
        [
            .. causes
                .OrderBy(cause => cause.Kind)
                .ThenBy(cause => cause.Side)
                .ThenBy(cause => cause.Id, StringComparer.Ordinal),
        ];
        var gap = left - right;
        var explained = causes.Aggregate(default(ExactNumber), (sum, cause) => sum + ExactNumber.Parse(cause.Amount));
        if (!(gap - explained).Units.IsZero)
        {
            throw new InvalidOperationException($"causes of {explained} for a gap of {gap}");
        }

        return new Reconciliation(
            request.Left.Metric,
            comparison.RightName,
            left.ToString(),
            right.ToString(),
            gap.ToString(),
            comparison.Keys,
            agreeing,
            causes,
            Groups(summary)
        );
    }

    /// <summary>A row of a key, of which the values begin at a column: keys first where <paramref name="start"/> is 0.</summary>
    public static GapRow Row(ResultTable table, int row, int start, int keys)
    {
        var at = start + keys;
        return new GapRow(
            [.. Enumerable.Range(start, keys).Select(column => Key(Text(table, row, column)))],
            Number(table, row, at + 1).ToString(),
            Number(table, row, at + 2).ToString(),
            Number(table, row, at).ToString(),
            Count(table, row, at + 3),
            Count(table, row, at + 4),
            Text(table, row, at + 5),
            Text(table, row, at + 6),
            Text(table, row, at + 7),
            Text(table, row, at + 8)
        );
    }

    /// <summary>The kind, side and filter that an id names, or null.</summary>
    public static (string Kind, string Side, int Filter)? ReadId(string id)
    {
        var parts = id.Split(':');
        var word = parts[0];
        if (!Array.Exists(Kinds, kind => kind.Word == word) || parts.Length > 3)
        {
            return null;
        }

        var side =
            parts.Length < 2
                ? ""
                : parts[1] switch
                {
                    "left" => "l",
                    "right" => "r",
                    _ => null,
                };
        var filter = 0;
        return
            side is null
            || (
                parts.Length == 3
                && !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out filter)
            )
            ? null
            : (word, side, filter);
    }

    private static string Id(string word, string side, int filter) =>
        side.Length == 0 ? word
        : filter == 0 ? $"{word}:{Side(side)}"
        : string.Create(CultureInfo.InvariantCulture, $"{word}:{Side(side)}:{filter}");

    private static string Side(string side) => side == "l" ? "left" : "right";

    private GapCause Cause(ResultTable summary, int row, List<int> rows)
    {
        var (word, side, filter) = Place(summary, row);
        var kind = Array.Find(Kinds, item => item.Word == word).Kind;
        var filterText =
            filter == 0 ? null : (side == "l" ? comparison.Left : comparison.RightSide!).Filters[filter - 1];
        return new GapCause(
            Id(word, side, filter),
            kind,
            side.Length == 0 ? null
                : side == "l" ? GapSide.Left
                : GapSide.Right,
            filterText,
            Sentence(kind, side, filterText),
            Number(summary, row, 4).ToString(),
            Count(summary, row, 7),
            Count(summary, row, 8),
            Count(summary, row, 9),
            [
                .. rows.Where(other =>
                        Text(summary, other, 0) == "row" && Place(summary, other) == (word, side, filter)
                    )
                    .OrderBy(other => Count(summary, other, 7))
                    .Select(other => Sample(summary, other)),
            ]
        );
    }

    private static (string Word, string Side, int Filter) Place(ResultTable table, int row) =>
        (Text(table, row, 1)!, Text(table, row, 2)!, (int)Count(table, row, 3));

    private GapRow Sample(ResultTable table, int row) =>
        new(
            [.. Enumerable.Range(10, KeyCount).Select(column => Key(Text(table, row, column)))],
            Number(table, row, 5).ToString(),
            Number(table, row, 6).ToString(),
            Number(table, row, 4).ToString(),
            Count(table, row, 8),
            Count(table, row, 9),
            Text(table, row, 10 + KeyCount),
            Text(table, row, 11 + KeyCount),
            Text(table, row, 12 + KeyCount),
            Text(table, row, 13 + KeyCount)
        );

    private string Sentence(GapKind kind, string side, string? filter)
    {
        var (here, there) =
            side == "r" ? (comparison.RightName, request.Left.Metric) : (request.Left.Metric, comparison.RightName);
        var key = string.Join(", ", comparison.Keys);
        return kind switch
        {
            GapKind.NoKey => $"Rows of {here} without {key}, which nothing can be matched with.",
            GapKind.OnlyOneSide => $"Only in {here}: the table of {there} has no such {key}.",
            GapKind.Filter => $"Left out of {here} by the filter {filter}.",
            GapKind.Date => $"In the table of {here}, but in another period by its time.",
            GapKind.Currency => "In another currency on each side.",
            GapKind.Join when filter is not null =>
                $"Left out of {here}: its join finds no row for the filter {filter} to look at.",
            GapKind.Join => "Repeated on one side, or without a partner there, by a join.",
            GapKind.Group => "In another group on each side.",
            GapKind.Value => "Other amounts on each side.",
            _ => "Differences that rounding explains.",
        };
    }

    private List<GapCause> WithFloating(List<GapCause> causes, ExactNumber amount)
    {
        var known = causes.Find(cause => cause.Kind == GapKind.Rounding);
        var rounding =
            known
            ?? new GapCause(
                "rounding",
                GapKind.Rounding,
                null,
                null,
                Sentence(GapKind.Rounding, "", null),
                "0",
                0,
                0,
                0,
                []
            );
        return
        [
            .. causes.Where(cause => cause != known),
            rounding with
            {
                Amount = (ExactNumber.Parse(rounding.Amount) + amount).ToString(),
            },
        ];
    }

    private List<GapGroup> Groups(ResultTable table)
    {
        var (count, first) = (request.GroupBy.Count, 14 + KeyCount);
        return
        [
            .. Enumerable
                .Range(0, (int)table.RowCount)
                .Where(row => Text(table, row, 0) == "group")
                .GroupBy(row =>
                    string.Join(
                        '\u001f',
                        Enumerable.Range(0, count).Select(column => Text(table, row, first + column) ?? Empty)
                    )
                )
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group =>
                {
                    var sums = group
                        .Where(row => Text(table, row, 1) != "equal")
                        .ToDictionary(
                            row => Id(Text(table, row, 1)!, Text(table, row, 2)!, (int)Count(table, row, 3)),
                            row => Number(table, row, 4).ToString(),
                            StringComparer.Ordinal
                        );
                    var left = group.Aggregate(default(ExactNumber), (sum, row) => sum + Number(table, row, 5));
                    var right = group.Aggregate(default(ExactNumber), (sum, row) => sum + Number(table, row, 6));
                    return new GapGroup(
                        [.. Enumerable.Range(0, count).Select(column => Text(table, group.First(), first + column))],
                        left.ToString(),
                        right.ToString(),
                        (left - right).ToString(),
                        sums
                    );
                }),
        ];
    }

    private static string? Key(string? text) => text == Empty ? null : text;

    private static string? Text(ResultTable table, int row, int column) => (string?)table.Value(row, column);

    private static ExactNumber Number(ResultTable table, int row, int column) =>
        ExactNumber.Parse(Text(table, row, column)!);

    private static long Count(ResultTable table, int row, int column) =>
        Convert.ToInt64(table.Value(row, column), CultureInfo.InvariantCulture);
}
