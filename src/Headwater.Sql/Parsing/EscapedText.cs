using System.Globalization;
using System.Text;

namespace Headwater.Sql.Parsing;

/// <summary>The meaning of what stands between the quotes of <c>E'…'</c>.</summary>
internal static class EscapedText
{
    public static string Decode(ReadOnlySpan<char> inner)
    {
        var result = new StringBuilder(inner.Length);
        for (var index = 0; index < inner.Length; index++)
        {
            var character = inner[index];
            if (character == '\'')
            {
                index++;
            }
            else if (character == '\\' && index + 1 < inner.Length)
            {
                index = Escape(inner, index + 1, result);
                continue;
            }

            result.Append(character);
        }

        return result.ToString();
    }

    // Returns the index of the last character that belongs to the escape.
    private static int Escape(ReadOnlySpan<char> inner, int index, StringBuilder result)
    {
        switch (inner[index])
        {
            case 'n':
                result.Append('\n');
                return index;
            case 't':
                result.Append('\t');
                return index;
            case 'r':
                result.Append('\r');
                return index;
            case 'b':
                result.Append('\b');
                return index;
            case 'f':
                result.Append('\f');
                return index;
            case 'x' when Digits(inner, index + 1, 2) is var length and > 0:
                return Code(inner, index + 1, length, result);
            case 'u' when Digits(inner, index + 1, 4) == 4:
                return Code(inner, index + 1, 4, result);
            case 'U' when Digits(inner, index + 1, 8) == 8:
                return Code(inner, index + 1, 8, result);
            case >= '0' and <= '7':
                var end = index;
                var value = 0;
                while (end < inner.Length && end < index + 3 && inner[end] is >= '0' and <= '7')
                {
                    value = (value * 8) + inner[end++] - '0';
                }

                result.Append((char)value);
                return end - 1;
            default:
                result.Append(inner[index]);
                return index;
        }
    }

    private static int Digits(ReadOnlySpan<char> inner, int start, int most)
    {
        var length = 0;
        while (length < most && start + length < inner.Length && char.IsAsciiHexDigit(inner[start + length]))
        {
            length++;
        }

        return length;
    }

    private static int Code(ReadOnlySpan<char> inner, int start, int length, StringBuilder result)
    {
        var code = uint.Parse(inner.Slice(start, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        result.Append(Rune.IsValid(code) ? new Rune(code).ToString() : ((char)(code & 0xFFFF)).ToString());
        return start + length - 1;
    }
}
