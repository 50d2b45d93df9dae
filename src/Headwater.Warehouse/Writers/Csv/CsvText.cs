using System.Buffers;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Csv;

/// <summary>Text cells of CSV.</summary>
internal static class CsvText
{
    private static readonly SearchValues<byte> NeedsQuotes = SearchValues.Create(",\"\r\n"u8);

    public static void Write(ReadOnlySpan<byte> utf8, Utf8Output output)
    {
        var guarded = FormulaGuard.LooksLikeFormula(utf8);
        if (!utf8.IsEmpty && !utf8.ContainsAny(NeedsQuotes))
        {
            output.Write(guarded ? "'"u8 : ""u8);
            output.Write(utf8);
            return;
        }

        output.Write(guarded ? "\"'"u8 : "\""u8);
        for (var quote = utf8.IndexOf((byte)'"'); quote >= 0; quote = utf8.IndexOf((byte)'"'))
        {
            output.Write(utf8[..(quote + 1)]);
            output.Write((byte)'"');
            utf8 = utf8[(quote + 1)..];
        }

        output.Write(utf8);
        output.Write((byte)'"');
    }
}
