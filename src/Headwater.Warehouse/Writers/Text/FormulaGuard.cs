namespace Headwater.Warehouse.Writers.Text;

/// <summary>
/// Text that a spreadsheet would run as a formula when it opens a file (OWASP, "CSV Injection"): data from outside must stay data.
/// </summary>
internal static class FormulaGuard
{
    /// <summary>True if the text starts with <c>= + - @</c>, a tab or a carriage return.</summary>
    public static bool LooksLikeFormula(ReadOnlySpan<byte> utf8) =>
        !utf8.IsEmpty && (utf8[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r');
}
