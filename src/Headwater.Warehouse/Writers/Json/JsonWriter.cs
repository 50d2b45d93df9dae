using System.IO.Pipelines;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Json;

/// <summary>
/// A JSON array of one object a row. The rules for values, shared by all JSON formats:
/// numbers are JSON numbers as long as a reader with doubles keeps them whole, else strings of the same digits: integers of any
/// width beyond ±(2^53 − 1), decimals of more than 15 digits. NaN and both infinities, of dates too, are null.
/// Dates and times are ISO 8601; timestamps end with <c>Z</c> if they are instants, and have no zone if they have none.
/// Intervals are ISO durations, blobs base64, bit strings their digits. Structs are objects; maps are objects if their keys
/// are text, else arrays of <c>{"key","value"}</c>. <c>&lt;</c> is escaped, so that the text can stand in an HTML script element.
/// </summary>
public sealed class JsonWriter : IResultWriter
{
    /// <summary>2^53 − 1: the largest integer up to which doubles hold every integer.</summary>
    internal const long MaxSafeInteger = 9_007_199_254_740_991;

    private JsonWriter() { }

    public static JsonWriter Instance { get; } = new();

    public string Name => "json";

    public string MediaType => "application/json";

    public string FileExtension => ".json";

    public async ValueTask WriteAsync(
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        PipeWriter output,
        CancellationToken cancellationToken
    )
    {
        var rows = JsonRows.Objects(columns);
        var text = new Utf8Output(output);
        text.Write((byte)'[');
        var first = true;
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            WriteBatch(rows, batch, text, ref first);
            text.Flush();
            await output.FlushAsync(cancellationToken);
        }

        text.Write((byte)']');
        text.Flush();
        await output.FlushAsync(cancellationToken);
    }

    internal static void WriteBatch(JsonRows rows, Batch batch, Utf8Output text, ref bool first)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            if (!first)
            {
                text.Write((byte)',');
            }

            first = false;
            rows.Write(batch, row, text);
        }
    }
}
