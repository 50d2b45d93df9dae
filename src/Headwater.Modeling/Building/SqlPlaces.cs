using System.Text.RegularExpressions;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Building;

/// <summary>
/// Finds the line of a model's file that a place in its compiled SQL came from: the line that gives the compiled one when its Jinja is
/// filled in, near the same line number if several would.
/// </summary>
internal static partial class SqlPlaces
{
    /// <summary>The place in the file; where a template made the line, or the engine named no place, the start of the query.</summary>
    /// <param name="node">The node whose SQL it is.</param>
    /// <param name="compiled">The compiled SQL.</param>
    /// <param name="position">The engine's offset into it.</param>
    public static SourceLocation Of(ManifestNode node, string compiled, int? position)
    {
        if ((node as ModelNode)?.RawSql is not { } raw)
        {
            return node.Location.OrStart();
        }

        if (position is not { } offset || offset > compiled.Length)
        {
            return StartOfQuery(node.Location, raw);
        }

        var number = compiled.AsSpan(0, offset).Count('\n');
        var column = offset - compiled.AsSpan(0, offset).LastIndexOf('\n') - 1;
        var line = compiled.Split('\n')[number];
        var rawLines = raw.ReplaceLineEndings("\n").Split('\n');
        var candidates = Enumerable.Range(0, rawLines.Length).Where(index => Gives(rawLines[index], line)).ToList();
        if (candidates.Count == 0)
        {
            return StartOfQuery(node.Location, raw);
        }

        var best = candidates.MinBy(index => Math.Abs(index - number));
        return new SourceLocation(node.Location.File, best + 1, ColumnIn(rawLines[best], line, column) + 1);
    }

    // The first character that is neither space, Jinja nor a comment.
    private static SourceLocation StartOfQuery(SourceLocation file, string raw)
    {
        var text = Aside()
            .Replace(raw, match => string.Concat(match.Value.Select(each => each == '\n' ? '\n' : ' ')))
            .AsSpan();
        var start = text.Length - text.TrimStart().Length;
        if (start == text.Length)
        {
            return file.OrStart();
        }

        var before = text[..start];
        return new SourceLocation(file.File, before.Count('\n') + 1, start - before.LastIndexOf('\n'));
    }

    private static bool Gives(string raw, string line)
    {
        if (raw == line)
        {
            return true;
        }

        var literals = Tag().Split(raw);
        if (literals.Length == 1 || literals.All(string.IsNullOrWhiteSpace))
        {
            return false;
        }

        var at = 0;
        foreach (var literal in literals)
        {
            at = line.IndexOf(literal, at, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            at += literal.Length;
        }

        return line.StartsWith(literals[0], StringComparison.Ordinal)
            && line.EndsWith(literals[^1], StringComparison.Ordinal);
    }

    private static int ColumnIn(string raw, string line, int column)
    {
        if (column <= raw.Length && raw.AsSpan(0, column).SequenceEqual(line.AsSpan(0, column)))
        {
            return column;
        }

        // Behind Jinja the columns differ: the word itself shows where.
        var end = column;
        while (end < line.Length && (char.IsLetterOrDigit(line[end]) || line[end] == '_'))
        {
            end++;
        }

        var found = end > column ? raw.IndexOf(line[column..end], StringComparison.Ordinal) : -1;
        return Math.Max(found, 0);
    }

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(
        @"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|/\*.*?\*/|--[^\n]*",
        RegexOptions.CultureInvariant | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Aside();
}
