using System.IO.Pipelines;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Json;

/// <summary>One JSON object a line, each line ended by a line feed. Values as in <see cref="JsonWriter"/>.</summary>
public sealed class NdJsonWriter : IResultWriter
{
    private NdJsonWriter() { }

    public static NdJsonWriter Instance { get; } = new();

    public string Name => "ndjson";

    public string MediaType => "application/x-ndjson";

    public string FileExtension => ".ndjson";

    public async ValueTask WriteAsync(
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        PipeWriter output,
        CancellationToken cancellationToken
    )
    {
        var rows = JsonRows.Objects(columns);
        var text = new Utf8Output(output);
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                rows.Write(batch, row, text);
                text.Write((byte)'\n');
            }

            text.Flush();
            await output.FlushAsync(cancellationToken);
        }
    }
}
