using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Xlsx;

/// <summary>
/// An Excel workbook of one sheet (ECMA-376 SpreadsheetML), written as a stream: bold, frozen header; numbers, dates and booleans as such,
/// everything else as inline text that Excel never takes for a formula. As text also go numbers of more than 15 digits, which Excel would
/// round, and dates before March 1900, which it counts wrongly. Instants are shown in UTC. Text is cut at Excel's 32,767 characters.
/// </summary>
/// <param name="sheetName">Shown on the tab; characters that Excel forbids become blanks.</param>
public sealed class XlsxWriter(string sheetName = "Result") : IResultWriter
{
    public string Name => "xlsx";

    public string MediaType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public string FileExtension => ".xlsx";

    public async ValueTask WriteAsync(
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        PipeWriter output,
        CancellationToken cancellationToken
    )
    {
        if (columns.Count > XlsxSheet.MaxColumns)
        {
            throw WarehouseDiagnostics.TooManyColumnsForSheet.With(columns.Count, XlsxSheet.MaxColumns).ToException();
        }

        var zip = await ZipArchive.CreateAsync(
            new PipeBufferStream(output),
            ZipArchiveMode.Create,
            leaveOpen: true,
            entryNameEncoding: null,
            cancellationToken
        );
        await using (zip)
        {
            await WriteAsync(zip, columns, batches, output, cancellationToken);
        }

        // The zip's directory is written when it is closed.
        await output.FlushAsync(cancellationToken);
    }

    private async Task WriteAsync(
        ZipArchive zip,
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        PipeWriter output,
        CancellationToken cancellationToken
    )
    {
        foreach (var (path, content) in XlsxPackage.Parts(sheetName))
        {
            await using var part = await zip.CreateEntry(path, CompressionLevel.Fastest).OpenAsync(cancellationToken);
            await part.WriteAsync(content, cancellationToken);
        }

        var entry = zip.CreateEntry(XlsxPackage.SheetPath, CompressionLevel.Fastest);
        await using var stream = await entry.OpenAsync(cancellationToken);
        var sheet = new XlsxSheet(columns, new Utf8Output(new StreamBuffer(stream)));
        sheet.Begin();
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            sheet.Write(batch);
            await output.FlushAsync(cancellationToken);
        }

        sheet.End();
    }

    /// <summary>Hands what <see cref="Utf8Output"/> flushes to the compressor.</summary>
    private sealed class StreamBuffer(Stream stream) : IBufferWriter<byte>
    {
        private byte[] _buffer = new byte[64 * 1024];

        public void Advance(int count) => stream.Write(_buffer, 0, count);

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (sizeHint > _buffer.Length)
            {
                _buffer = new byte[sizeHint];
            }

            return _buffer;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
