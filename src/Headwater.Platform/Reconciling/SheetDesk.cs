using System.Globalization;
using Headwater.Query.Reconciling;
using Headwater.Sources.Sheets;
using Headwater.Warehouse;

namespace Headwater.Platform.Reconciling;

/// <summary>Takes a spreadsheet that somebody brings along as one side of a comparison. Safe for several threads.</summary>
public sealed class SheetDesk(WarehouseHost warehouse)
{
    // What a workbook shows of a number; the digits behind them come from its binary form.
    private const string ShownDigits = "G15";

    private readonly SheetReader _reader = new(warehouse);

    /// <param name="name">The file's name.</param>
    /// <param name="content">The file.</param>
    /// <param name="key">The column of keys, by its heading.</param>
    /// <param name="value">The column of values, by its heading.</param>
    /// <param name="sheet">The sheet of a workbook; null for the first.</param>
    /// <param name="decimals">Digits behind the point to which numbers are taken; null for all.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">As <see cref="SheetReader.ReadAsync"/>.</exception>
    public async Task<ListSide> ReadAsync(
        string name,
        Stream content,
        string key,
        string value,
        string? sheet,
        int? decimals,
        CancellationToken cancellationToken
    )
    {
        var columns = await _reader.ReadAsync(name, content, key, value, sheet, cancellationToken);
        var values = columns.IsWorkbook ? [.. columns.Values.Select(Shown)] : columns.Values;
        return new ListSide(name, columns.Keys, values, decimals);
    }

    private static string? Shown(string? text) =>
        text is not null
        && text.Length > 15
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(ShownDigits, CultureInfo.InvariantCulture)
            : text;
}
