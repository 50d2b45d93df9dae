namespace Headwater.Cli.Output;

/// <summary>Writes rows of text in columns, a line under the first row.</summary>
internal static class TextTable
{
    private const int WidestCell = 60;

    /// <param name="rows">The heading first; all of one length.</param>
    /// <param name="right">Whether a column is set to the right.</param>
    /// <param name="output">Where to.</param>
    public static void Print(IReadOnlyList<string[]> rows, IReadOnlyList<bool> right, TextWriter output)
    {
        var widths = right.Select((_, column) => Math.Min(WidestCell, rows.Max(row => row[column].Length))).ToArray();
        for (var row = 0; row < rows.Count; row++)
        {
            var cells = rows[row].Select((cell, column) => Fit(cell, widths[column], right[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
            if (row == 0)
            {
                output.WriteLine(string.Join("  ", widths.Select(width => new string('─', width))));
            }
        }
    }

    private static string Fit(string cell, int width, bool right)
    {
        var text = cell.Length > width ? cell[..(width - 1)] + "…" : cell;
        return right ? text.PadLeft(width) : text.PadRight(width);
    }
}
