using System.Buffers;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Methods;

/// <summary>Python's ways to take strings apart.</summary>
internal static class StringSplitting
{
    private static readonly SearchValues<char> Space = SearchValues.Create(" \t\n\r\f\v");

    public static JinjaList Split(string text, string? separator, long limit)
    {
        if (separator is null)
        {
            return new JinjaList(OnSpace(text, limit));
        }

        RequireSeparator(separator);
        var parts = new List<object?>();
        var at = 0;
        while (limit < 0 || parts.Count < limit)
        {
            var found = text.IndexOf(separator, at, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            parts.Add(text[at..found]);
            at = found + separator.Length;
        }

        parts.Add(text[at..]);
        return new JinjaList(parts);
    }

    public static JinjaList SplitFromEnd(string text, string? separator, long limit)
    {
        if (limit < 0)
        {
            return Split(text, separator, -1);
        }

        var parts = new List<object?>();
        if (separator is null)
        {
            var rest = text.TrimEnd();
            while (parts.Count < limit && rest.AsSpan().IndexOfAny(Space) >= 0)
            {
                var space = rest.AsSpan().LastIndexOfAny(Space);
                parts.Insert(0, rest[(space + 1)..]);
                rest = rest[..space].TrimEnd();
            }

            if (rest.Length > 0)
            {
                parts.Insert(0, rest.TrimStart());
            }

            return new JinjaList(parts);
        }

        RequireSeparator(separator);
        var end = text.Length;
        while (parts.Count < limit)
        {
            var found = text[..end].LastIndexOf(separator, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            parts.Insert(0, text[(found + separator.Length)..end]);
            end = found;
        }

        parts.Insert(0, text[..end]);
        return new JinjaList(parts);
    }

    public static JinjaTuple Partition(string text, string separator, bool last)
    {
        RequireSeparator(separator);
        var at = last
            ? text.LastIndexOf(separator, StringComparison.Ordinal)
            : text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0)
        {
            return last ? JinjaTuple.Of("", "", text) : JinjaTuple.Of(text, "", "");
        }

        return JinjaTuple.Of(text[..at], separator, text[(at + separator.Length)..]);
    }

    private static List<object?> OnSpace(string text, long limit)
    {
        var parts = new List<object?>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                return parts;
            }

            if (limit >= 0 && parts.Count == limit)
            {
                parts.Add(text[at..].TrimEnd());
                return parts;
            }

            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            parts.Add(text[at..end]);
            at = end;
        }
    }

    private static void RequireSeparator(string separator)
    {
        if (separator.Length == 0)
        {
            throw JinjaFault.Value("empty separator");
        }
    }
}
