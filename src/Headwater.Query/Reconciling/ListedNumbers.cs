using System.Globalization;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Results;

namespace Headwater.Query.Reconciling;

/// <summary>
/// Keys and numbers that come from outside the tables: a spreadsheet, or the answer of a query. They go into the statement as two parameters, so that nothing in them is
/// read as SQL, and no expression of a user's runs beside the rows of a metric.
/// </summary>
internal static class ListedNumbers
{
    /// <summary>Digits behind the point to which floating-point numbers are taken where nobody says.</summary>
    public const int FloatingDecimals = 6;

    private const int MostShown = 40;

    /// <exception cref="DiagnosticException">HW5503, HW5504.</exception>
    public static SideSql Sql(ListSide list, SqlDialect dialect, int parametersBefore, bool hasNumberKeys)
    {
        var (texts, scale) = Read(list);
        var keys = list.Keys.Select(key => Key(key?.Trim() ?? "", hasNumberKeys)).ToList();
        var (key, value) = ($"${parametersBefore + 1}", $"${parametersBefore + 2}");
        var rows =
            dialect == PostgresDialect.Instance
                ? $"SELECT k0, v FROM unnest(CAST({key} AS text[]), CAST({value} AS text[])) AS u(k0, v)"
                : $"SELECT unnest(CAST({key} AS VARCHAR[])) AS k0, unnest(CAST({value} AS VARCHAR[])) AS v";
        return new SideSql(
            $"SELECT k0, nullif(v, '') AS v, 0 AS f, true AS t, {dialect.AsText("NULL")} AS d, {dialect.AsText("NULL")} AS c FROM ({rows}) AS n",
            [keys, texts],
            [],
            scale,
            IsFloating: false
        )
        {
            HasTextKeys = true,
            NumberKeys = [hasNumberKeys],
            FractionKeys = [false],
        };
    }

    /// <summary>The columns of an answer as a list.</summary>
    /// <exception cref="DiagnosticException">HW5508.</exception>
    public static ListSide Of(ResultTable table, SqlSide side)
    {
        var keys = new List<string?>();
        var values = new List<string?>();
        var (key, value) = (Column(side.Key), Column(side.Value));
        var isFloating = table.Columns[value].Type.Kind is TypeKind.Float32 or TypeKind.Float64;
        foreach (var batch in table.Batches)
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                keys.Add(Text(batch.Columns[key].Value(row)));
                values.Add(Text(batch.Columns[value].Value(row)));
            }
        }

        return new ListSide("the query", keys, values, side.Decimals ?? (isFloating ? FloatingDecimals : null));

        int Column(string name) =>
            table.IndexOf(name) is var index and >= 0
                ? index
                : throw QueryDiagnostics
                    .NoSuchColumn.With("The query", name)
                    .Suggesting(name, [.. table.Columns.Select(column => column.Name)])
                    .ToException();
    }

    // Spreadsheets write 1 as 1.0 or 1,000.00: where the other side's keys are numbers, what is one is written as the engine would.
    private static string Key(string text, bool isNumber) =>
        isNumber ? ExactNumber.Read(text, out _)?.ToString() ?? text : text;

    private static (List<string> Texts, int Scale) Read(ListSide list)
    {
        var texts = new List<string>(list.Values.Count);
        var (scale, wrong, first) = (0, 0, "");
        for (var row = 0; row < list.Values.Count; row++)
        {
            var text = list.Values[row];
            if (string.IsNullOrWhiteSpace(text))
            {
                texts.Add("");
                continue;
            }

            if (ExactNumber.Read(text, out var isTooLarge) is not { } number)
            {
                if (isTooLarge)
                {
                    throw QueryDiagnostics.NumberTooLarge.With().ToException();
                }

                first =
                    wrong++ == 0
                        ? string.Create(CultureInfo.InvariantCulture, $"'{Short(text)}' in row {row + 1}")
                        : first;
                continue;
            }

            number = list.Decimals is { } decimals ? number.RoundedTo(decimals) : number;
            scale = Math.Max(scale, number.Scale);
            texts.Add(number.ToString());
        }

        return wrong == 0
            ? (texts, scale)
            : throw QueryDiagnostics
                .NotNumbers.With(
                    list.Name,
                    wrong == 1 ? $"{first} is none" : $"{wrong} values are none, the first is {first}"
                )
                .ToException();
    }

    // What is shown again is the asker's own, but a message is no place for a page of it, nor for what moves a cursor.
    private static string Short(string text)
    {
        var shown = text.Length > MostShown ? text[..MostShown] + "…" : text;
        return string.Concat(shown.Select(character => char.IsControl(character) ? '·' : character));
    }

    private static string? Text(object? value) =>
        value switch
        {
            null => null,
            string text => text,
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            float number => number.ToString("R", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
}
