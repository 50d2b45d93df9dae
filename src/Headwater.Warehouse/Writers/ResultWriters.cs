using System.Collections.Frozen;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers.Csv;
using Headwater.Warehouse.Writers.Json;
using Headwater.Warehouse.Writers.Xlsx;

namespace Headwater.Warehouse.Writers;

/// <summary>The formats that need no engine, and the ways to call them. Parquet is written by the warehouse.</summary>
public static class ResultWriters
{
    private static readonly FrozenDictionary<string, IResultWriter> ByName = new IResultWriter[]
    {
        JsonWriter.Instance,
        CompactJsonWriter.Instance,
        NdJsonWriter.Instance,
        new CsvWriter(),
        new XlsxWriter(),
    }.ToFrozenDictionary(writer => writer.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that <see cref="Find"/> knows.</summary>
    public static IReadOnlyList<string> Names => ByName.Keys;

    /// <summary>The writer of a format, or null.</summary>
    public static IResultWriter? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Writes a stream of batches to a stream, which is left open.</summary>
    public static async ValueTask WriteAsync(
        this IResultWriter writer,
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        try
        {
            await writer.WriteAsync(columns, batches, pipe, cancellationToken);
        }
        catch (Exception error)
        {
            await pipe.CompleteAsync(error);
            throw;
        }

        await pipe.CompleteAsync();
    }

    /// <summary>Writes a whole result to a stream, which is left open.</summary>
    public static ValueTask WriteAsync(
        this IResultWriter writer,
        ResultTable table,
        Stream output,
        CancellationToken cancellationToken
    ) => writer.WriteAsync(table.Columns, table.StreamAsync(cancellationToken), output, cancellationToken);

    /// <summary>The batches of a whole result as a stream.</summary>
    public static async IAsyncEnumerable<Batch> StreamAsync(
        this ResultTable table,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var batch in table.Batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return batch;
        }

        await Task.CompletedTask;
    }
}
