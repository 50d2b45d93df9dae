using System.Globalization;
using System.Text;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Xlsx;

/// <summary>Writes the sheet of a workbook row by row.</summary>
internal sealed class XlsxSheet(IReadOnlyList<ResultColumn> columns, Utf8Output output)
{
    public const int MaxRows = 1_048_576;
    public const int MaxColumns = 16_384;

    private const int MinWidth = 10;
    private const int MaxWidth = 40;

    private readonly byte[][] _letters = [.. columns.Select((_, index) => Encoding.ASCII.GetBytes(Letters(index)))];
    private readonly XlsxCell[] _cells = [.. columns.Select(column => XlsxCell.For(column.Type))];
    private int _row;

    public void Begin()
    {
        output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"u8);
        output.Write("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews>"u8);
        output.Write(
            "<sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\""u8
        );
        output.Write(" state=\"frozen\"/></sheetView></sheetViews>"u8);
        WriteWidths();
        output.Write("<sheetData>"u8);
        BeginRow();
        for (var index = 0; index < columns.Count; index++)
        {
            XlsxText.WriteCell(
                _letters[index],
                _row,
                XlsxPackage.HeaderStyle,
                Encoding.UTF8.GetBytes(columns[index].Name),
                output
            );
        }

        output.Write("</row>"u8);
    }

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW6010: the sheet is full.</exception>
    public void Write(Batch batch)
    {
        if (_row + batch.RowCount > MaxRows)
        {
            throw WarehouseDiagnostics.TooManyRowsForSheet.With(MaxRows - 1).ToException();
        }

        for (var row = 0; row < batch.RowCount; row++)
        {
            BeginRow();
            for (var index = 0; index < _cells.Length; index++)
            {
                if (!batch.Columns[index].IsNull(row))
                {
                    _cells[index].Write(batch.Columns[index], row, new XlsxPlace(_letters[index], _row), output);
                }
            }

            output.Write("</row>"u8);
        }

        output.Flush();
    }

    public void End()
    {
        output.Write("</sheetData></worksheet>"u8);
        output.Flush();
    }

    private void BeginRow()
    {
        _row++;
        output.Write("<row r=\""u8);
        output.Format(_row);
        output.Write("\">"u8);
    }

    // The rows are not known yet, so widths follow names and types.
    private void WriteWidths()
    {
        if (columns.Count == 0)
        {
            return;
        }

        output.Write("<cols>"u8);
        for (var index = 0; index < columns.Count; index++)
        {
            var typical = columns[index].Type.Kind switch
            {
                TypeKind.Timestamp or TypeKind.TimestampTz => 20,
                TypeKind.Text or TypeKind.Enum => 24,
                TypeKind.Uuid => 38,
                _ => MinWidth,
            };
            var width = Math.Clamp(columns[index].Name.Length + 2, typical, Math.Max(typical, MaxWidth));
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"<col min=\"{index + 1}\" max=\"{index + 1}\" width=\"{width}\" customWidth=\"1\"/>"
            );
            output.Write(Encoding.ASCII.GetBytes(text));
        }

        output.Write("</cols>"u8);
    }

    private static string Letters(int index)
    {
        var letters = "";
        for (var left = index + 1; left > 0; left = (left - 1) / 26)
        {
            letters = (char)('A' + ((left - 1) % 26)) + letters;
        }

        return letters;
    }
}
