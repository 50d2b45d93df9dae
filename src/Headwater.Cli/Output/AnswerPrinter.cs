using System.Globalization;
using Headwater.Cli.CommandLine;
using Headwater.Query;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers;

namespace Headwater.Cli.Output;

/// <summary>Writes answers: a table for people, JSON or CSV for programs.</summary>
internal static class AnswerPrinter
{
    private const int MostRows = 200;

    public static async Task PrintAsync(
        Answer answer,
        OutputFormat format,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        await PrintAsync(answer.Table, format, output, cancellationToken);
    }

    public static async Task PrintAsync(
        ResultTable table,
        OutputFormat format,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        if (format == OutputFormat.Table)
        {
            PrintTable(table, output);
            return;
        }

        using var buffer = new MemoryStream();
        var writer = ResultWriters.Find(format == OutputFormat.Json ? "json" : "csv")!;
        await writer.WriteAsync(table, buffer, cancellationToken);
        buffer.Position = 0;
        using var text = new StreamReader(buffer);
        await output.WriteLineAsync((await text.ReadToEndAsync(cancellationToken)).TrimEnd());
    }

    private static void PrintTable(ResultTable table, TextWriter output)
    {
        var rows = new List<string[]> { table.Columns.Select(column => column.Name).ToArray() };
        for (long row = 0; row < Math.Min(table.RowCount, MostRows); row++)
        {
            rows.Add([.. table.Columns.Select((_, column) => Text(table.Value(row, column)))]);
        }

        TextTable.Print(rows, [.. table.Columns.Select(column => column.Type.IsNumeric)], output);
        var shown = table.RowCount > MostRows ? $" ({MostRows} shown; --output csv gives all)" : "";
        var cut = table.Truncated ? ", cut at the row limit" : "";
        output.WriteLine(
            $"{table.RowCount.ToString("N0", CultureInfo.InvariantCulture)} row{(table.RowCount == 1 ? "" : "s")}{cut}{shown}"
        );
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "",
            double number => number.ToString("#,0.####", CultureInfo.InvariantCulture),
            float number => number.ToString("#,0.####", CultureInfo.InvariantCulture),
            decimal number => number.ToString("#,0.####", CultureInfo.InvariantCulture),
            long or int or short or sbyte or ulong or uint or ushort or byte or Int128 => (
                (IFormattable)value
            ).ToString("#,0", CultureInfo.InvariantCulture),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            string text => Clean(text),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    // A value must not move the cursor or colour the terminal.
    private static string Clean(string text) =>
        text.Any(char.IsControl)
            ? string.Concat(text.Select(character => char.IsControl(character) ? '·' : character))
            : text;
}
