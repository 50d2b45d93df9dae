using Headwater.Kernel.Diagnostics;

namespace Headwater.Sql;

/// <summary>Where in the text of a query something stands.</summary>
internal static class QueryPlace
{
    /// <summary>Line and column, from 1, of an offset in UTF-16 units; one behind the end is the end.</summary>
    public static SourceLocation Of(string text, int offset)
    {
        var before = text.AsSpan(0, Math.Min(offset, text.Length));
        return new SourceLocation("query", before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
