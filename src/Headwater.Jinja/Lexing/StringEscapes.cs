using System.Globalization;
using System.Text;

namespace Headwater.Jinja.Lexing;

/// <summary>Python's escapes in string literals. An unknown escape keeps its backslash.</summary>
internal static class StringEscapes
{
    /// <returns>The offset after the escape that starts at <paramref name="at"/>.</returns>
    public static int Read(string source, int at, StringBuilder output)
    {
        var letter = source[at + 1];
        var simple = letter switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'v' => '\v',
            '\\' => '\\',
            '\'' => '\'',
            '"' => '"',
            _ => '\0',
        };
        if (simple != '\0')
        {
            output.Append(simple);
            return at + 2;
        }

        switch (letter)
        {
            case '\n':
                return at + 2;
            case 'x':
                return Hex(source, at, 2, output);
            case 'u':
                return Hex(source, at, 4, output);
            case 'U':
                return Hex(source, at, 8, output);
            case >= '0' and <= '7':
                var end = at + 1;
                while (end < source.Length && end < at + 4 && source[end] is >= '0' and <= '7')
                {
                    end++;
                }

                output.Append((char)Convert.ToInt32(source[(at + 1)..end], 8));
                return end;
            default:
                output.Append('\\').Append(letter);
                return at + 2;
        }
    }

    private static int Hex(string source, int at, int digits, StringBuilder output)
    {
        var end = at + 2 + digits;
        if (
            end <= source.Length
            && int.TryParse(
                source.AsSpan(at + 2, digits),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var code
            )
            && Rune.IsValid(code)
        )
        {
            output.Append(new Rune(code).ToString());
            return end;
        }

        output.Append('\\').Append(source[at + 1]);
        return at + 2;
    }
}
