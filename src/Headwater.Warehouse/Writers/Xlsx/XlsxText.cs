using System.Text;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Xlsx;

/// <summary>Text cells: inline strings, which a spreadsheet never evaluates.</summary>
internal static class XlsxText
{
    private const int MaxCharacters = 32_767;

    public static void WriteCell(byte[] letters, int row, int style, ReadOnlySpan<byte> utf8, Utf8Output output)
    {
        output.Write("<c r=\""u8);
        output.Write(letters);
        output.Format(row);
        output.Write("\" s=\""u8);
        output.Format(style);
        output.Write("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        WriteEscaped(Fit(utf8), output);
        output.Write("</t></is></c>"u8);
    }

    private static ReadOnlySpan<byte> Fit(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= MaxCharacters || Encoding.UTF8.GetCharCount(utf8) <= MaxCharacters)
        {
            return utf8;
        }

        var text = Encoding.UTF8.GetString(utf8).AsSpan(0, MaxCharacters);
        return Encoding.UTF8.GetBytes((char.IsHighSurrogate(text[^1]) ? text[..^1] : text).ToString());
    }

    private static void WriteEscaped(ReadOnlySpan<byte> utf8, Utf8Output output)
    {
        for (var place = 0; place < utf8.Length; place++)
        {
            var code = utf8[place];
            switch (code)
            {
                case (byte)'<':
                    output.Write("&lt;"u8);
                    break;
                case (byte)'>':
                    output.Write("&gt;"u8);
                    break;
                case (byte)'&':
                    output.Write("&amp;"u8);
                    break;
                case (byte)'_' when LooksEscaped(utf8[place..]):
                    output.Write("_x005F_"u8);
                    break;
                case < 0x20 and not ((byte)'\t' or (byte)'\n'):
                    output.Write(Encoding.ASCII.GetBytes($"_x{code:X4}_"));
                    break;
                case 0xEF when IsNoncharacter(utf8[place..]):
                    // U+FFFE and U+FFFF may not stand in XML.
                    output.Write("\uFFFD"u8);
                    place += 2;
                    break;
                default:
                    output.Write(code);
                    break;
            }
        }
    }

    // Excel reads _x000D_ as a character: text that happens to look so is escaped itself.
    private static bool LooksEscaped(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 7 || rest[1] != (byte)'x' || rest[6] != (byte)'_')
        {
            return false;
        }

        foreach (var digit in rest[2..6])
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNoncharacter(ReadOnlySpan<byte> rest) =>
        rest.Length >= 3 && rest[1] == 0xBF && (rest[2] is 0xBE or 0xBF);
}
