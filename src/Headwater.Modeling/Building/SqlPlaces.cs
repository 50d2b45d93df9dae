using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Building;

/// <summary>Finds the line of a model's file that a place in its compiled SQL came from.</summary>
internal static class SqlPlaces
{
    /// <summary>The place in the file, or the file alone where a template made the line.</summary>
    /// <param name="node">The node whose SQL it is.</param>
    /// <param name="compiled">The compiled SQL.</param>
    /// <param name="position">The engine's offset into it.</param>
    public static SourceLocation Of(ManifestNode node, string compiled, int? position)
    {
        if (position is not { } offset || (node as ModelNode)?.RawSql is not { } raw)
        {
            return node.Location;
        }

        if (offset > compiled.Length)
        {
            return node.Location;
        }

        var before = compiled.AsSpan(0, offset);
        var lineNumber = before.Count('\n');
        var column = offset - before.LastIndexOf('\n');
        var lines = raw.ReplaceLineEndings("\n").Split('\n');
        var line = compiled.Split('\n')[lineNumber];
        var index = lineNumber < lines.Length && lines[lineNumber] == line ? lineNumber : Unique(lines, line);
        return index < 0 ? node.Location : new SourceLocation(node.Location.File, index + 1, column);
    }

    private static int Unique(string[] lines, string line)
    {
        var first = Array.IndexOf(lines, line);
        return first >= 0 && Array.LastIndexOf(lines, line) == first ? first : -1;
    }
}
