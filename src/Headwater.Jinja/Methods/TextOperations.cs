using System.Text;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Methods;

/// <summary>What methods of strings and filters do to text, as Python does it.</summary>
internal static class TextOperations
{
    public static string Strip(string text, string? characters, bool start = true, bool end = true)
    {
        bool Drops(char character) =>
            characters is null ? char.IsWhiteSpace(character) : characters.Contains(character);
        var from = 0;
        var to = text.Length;
        while (start && from < to && Drops(text[from]))
        {
            from++;
        }

        while (end && to > from && Drops(text[to - 1]))
        {
            to--;
        }

        return text[from..to];
    }

    public static string Replace(string text, string old, string replacement, long count)
    {
        if (count < 0 && old.Length > 0)
        {
            var growth = replacement.Length - old.Length;
            if (growth > 0)
            {
                Allotment.EnsureText(text.Length + (long)text.AsSpan().Count(old) * growth);
            }

            return text.Replace(old, replacement, StringComparison.Ordinal);
        }

        var output = new TextBuilder();
        var at = 0;
        for (var done = 0L; done != count; done++)
        {
            var found =
                old.Length == 0 ? (at <= text.Length ? at : -1) : text.IndexOf(old, at, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            output.Append(text.AsSpan(at, found - at)).Append(replacement);
            at = found + old.Length;
            if (old.Length == 0)
            {
                if (at == text.Length)
                {
                    return output.Complete();
                }

                output.Append(text[at++]);
            }
        }

        return output.Append(text.AsSpan(at)).Complete();
    }

    public static string Capitalize(string text) =>
        text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    public static string Center(string text, int width, char fill)
    {
        var missing = Math.Min(width, 1_000_000) - text.Length;
        if (missing <= 0)
        {
            return text;
        }

        var left = missing / 2 + (missing & width & 1);
        return new string(fill, left) + text + new string(fill, missing - left);
    }

    public static List<string> SplitLines(string text, bool keepEnds)
    {
        var lines = new List<string>();
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (
                text[at]
                is not ('\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029')
            )
            {
                continue;
            }

            var end = at + (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1);
            lines.Add(text[start..(keepEnds ? end : at)]);
            start = end;
            at = end - 1;
        }

        if (start < text.Length)
        {
            lines.Add(text[start..]);
        }

        return lines;
    }

    public static string Title(string text)
    {
        var output = new StringBuilder(text.Length);
        var inWord = false;
        foreach (var character in text)
        {
            output.Append(inWord ? char.ToLowerInvariant(character) : char.ToUpperInvariant(character));
            inWord = char.IsLetter(character);
        }

        return output.ToString();
    }
}
