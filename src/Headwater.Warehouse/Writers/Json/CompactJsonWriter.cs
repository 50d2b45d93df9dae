using System.Buffers;
using System.IO.Pipelines;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Json;

/// <summary>
/// <c>{"columns":[{"name":"a","type":"int32"}, …],"rows":[[1, …], …]}</c>: what the API and the pages' islands read. Types are the names of
/// <see cref="TypeKind"/> in lower case; decimals have <c>precision</c> and <c>scale</c> beside them. Values as in <see cref="JsonWriter"/>.
/// </summary>
public sealed class CompactJsonWriter : IResultWriter
{
    private CompactJsonWriter() { }

    public static CompactJsonWriter Instance { get; } = new();

    public string Name => "compact";

    public string MediaType => "application/json";

    public string FileExtension => ".json";

    public async ValueTask WriteAsync(
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        PipeWriter output,
        CancellationToken cancellationToken
    )
    {
        var rows = JsonRows.Arrays(columns);
        var text = new Utf8Output(output);
        WriteHead(columns, text);
        var first = true;
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            JsonWriter.WriteBatch(rows, batch, text, ref first);
            text.Flush();
            await output.FlushAsync(cancellationToken);
        }

        text.Write("]}"u8);
        text.Flush();
        await output.FlushAsync(cancellationToken);
    }

    /// <summary>Writes a whole result at once, with <c>"truncated":true</c> at the end if a limit cut it: for bytes that are kept.</summary>
    public static void Write(ResultTable table, IBufferWriter<byte> output)
    {
        var rows = JsonRows.Arrays(table.Columns);
        var text = new Utf8Output(output);
        WriteHead(table.Columns, text);
        var first = true;
        foreach (var batch in table.Batches)
        {
            JsonWriter.WriteBatch(rows, batch, text, ref first);
        }

        text.Write(table.Truncated ? "],\"truncated\":true}"u8 : "]}"u8);
        text.Flush();
    }

    private static void WriteHead(IReadOnlyList<ResultColumn> columns, Utf8Output text)
    {
        text.Write("{\"columns\":["u8);
        for (var index = 0; index < columns.Count; index++)
        {
            text.Write(index == 0 ? "{\"name\":"u8 : ",{\"name\":"u8);
            JsonText.Write(columns[index].Name, text);
            text.Write(",\"type\":"u8);
            JsonText.Write(columns[index].Type.Kind.ToString().ToLowerInvariant(), text);
            if (columns[index].Type is { Kind: TypeKind.Decimal } type)
            {
                text.Write(",\"precision\":"u8);
                text.Format(type.Precision);
                text.Write(",\"scale\":"u8);
                text.Format(type.Scale);
            }

            text.Write((byte)'}');
        }

        text.Write("],\"rows\":["u8);
    }
}
