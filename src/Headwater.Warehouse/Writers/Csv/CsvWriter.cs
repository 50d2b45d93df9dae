using System.IO.Pipelines;
using System.Text;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Csv;

/// <summary>
/// CSV as RFC 4180 has it: a header, commas, CRLF, quotes where needed. Null is empty, empty text is <c>""</c>. Text that a
/// spreadsheet would take for a formula gets a single quote in front (see <see cref="FormulaGuard"/>), names of columns too; numbers are left
/// alone. Dates are ISO 8601 with a blank before the time; nested values are JSON; blobs are base64.
/// </summary>
/// <param name="byteOrderMark">Start with a byte order mark, by which Excel knows UTF-8. Default false.</param>
public sealed class CsvWriter(bool byteOrderMark = false) : IResultWriter
{
    public string Name => "csv";

    public string MediaType => "text/csv; charset=utf-8";

    public string FileExtension => ".csv";

    public async ValueTask WriteAsync(
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        PipeWriter output,
        CancellationToken cancellationToken
    )
    {
        var text = new Utf8Output(output);
        CsvCell[] cells = [.. columns.Select(column => CsvCell.For(column.Type))];
        WriteHead(columns, text);
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                WriteRow(cells, batch, row, text);
            }

            text.Flush();
            await output.FlushAsync(cancellationToken);
        }

        text.Flush();
        await output.FlushAsync(cancellationToken);
    }

    private void WriteHead(IReadOnlyList<ResultColumn> columns, Utf8Output text)
    {
        if (byteOrderMark)
        {
            text.Write("\uFEFF"u8);
        }

        for (var index = 0; index < columns.Count; index++)
        {
            if (index > 0)
            {
                text.Write((byte)',');
            }

            CsvText.Write(Encoding.UTF8.GetBytes(columns[index].Name), text);
        }

        text.Write("\r\n"u8);
    }

    private static void WriteRow(CsvCell[] cells, Batch batch, int row, Utf8Output text)
    {
        for (var index = 0; index < cells.Length; index++)
        {
            if (index > 0)
            {
                text.Write((byte)',');
            }

            var column = batch.Columns[index];
            if (!column.IsNull(row))
            {
                cells[index].Write(column, row, text);
            }
        }

        text.Write("\r\n"u8);
    }
}
