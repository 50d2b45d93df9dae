using Headwater.Project.Resources.Sources;
using Headwater.Sources.Types;

namespace Headwater.Sources.Formats.Csv;

/// <summary>
/// Finds out how a CSV file is written, from its first records. The delimiter is the one under which most records have the same number of fields, more
/// than one; ragged records do not mislead it, as they do the engine's own detection, which wants all alike.
/// </summary>
internal static class CsvDetection
{
    private const int SampleRecords = 500;

    private static readonly string[] Delimiters = [",", ";", "\t", "|"];

    /// <summary>The dialect; what the stream says holds.</summary>
    public static CsvDialect Dialect(string sample, FileFormat options)
    {
        var quote = options.Quote ?? "\"";
        var escape = options.Escape ?? quote;
        if (options.Delimiter is { } given)
        {
            return new CsvDialect(Unescape(given), quote, escape);
        }

        var best = Delimiters
            .Select(delimiter => new CsvDialect(delimiter, quote, escape))
            .Select(dialect => (dialect, score: Score(CsvSample.Split(sample, dialect, SampleRecords))))
            .MaxBy(item => item.score);
        return best.dialect;
    }

    /// <summary>Whether the first record names the columns: most are filled, and none is a number, date or boolean. (Blank and repeated names are common.)</summary>
    public static bool HasHeader(IReadOnlyList<List<string>> records, FileFormat options)
    {
        if (options.Header is { } given)
        {
            return given;
        }

        if (records.Count == 0)
        {
            return false;
        }

        var filled = records[0].Where(cell => cell.Trim().Length > 0).ToList();
        return filled.Count * 2 >= records[0].Count
            && filled.Count > 0
            && filled.TrueForAll(cell => ValuePatterns.IsWord(cell.Trim()));
    }

    /// <summary>Column names: those of the header, made unique and filled where empty; <c>column_1</c> … where there is none.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<List<string>> records, bool hasHeader)
    {
        var width = hasHeader
            ? records[0].Count
            : records.GroupBy(record => record.Count).MaxBy(group => group.Count())?.Key ?? 1;
        var names = new List<string>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var column = 0; column < width; column++)
        {
            var name = hasHeader ? records[0][column].Trim() : "";
            name = name.Length == 0 ? $"column_{column + 1}" : name;
            var unique = name;
            for (var number = 2; !taken.Add(unique); number++)
            {
                unique = $"{name}_{number}";
            }

            names.Add(unique);
        }

        return names;
    }

    // The share of records of the most common width, and among equal shares the wider one; one field is no evidence.
    private static double Score(List<List<string>> records)
    {
        var widths = records.GroupBy(record => record.Count).Where(group => group.Key > 1).ToList();
        if (widths.Count == 0)
        {
            return 0;
        }

        var common = widths.MaxBy(group => group.Count())!;
        return (double)common.Count() / records.Count + common.Key / 10_000.0;
    }

    private static string Unescape(string delimiter) => delimiter == "\\t" ? "\t" : delimiter;
}
