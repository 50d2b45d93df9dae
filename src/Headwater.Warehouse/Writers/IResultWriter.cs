using System.IO.Pipelines;
using Headwater.Warehouse.Results;

namespace Headwater.Warehouse.Writers;

/// <summary>
/// Writes results in one format, streaming: what is held is one batch and its bytes. Stateless and safe for several threads.
/// </summary>
public interface IResultWriter
{
    /// <summary>What requests call the format: <c>json</c>, <c>csv</c>.</summary>
    string Name { get; }

    string MediaType { get; }

    /// <summary>With the dot.</summary>
    string FileExtension { get; }

    /// <summary>Writes columns and batches, flushing after each batch. The writer is not completed.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW6010, HW6011: the format cannot hold the result.</exception>
    ValueTask WriteAsync(
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        PipeWriter output,
        CancellationToken cancellationToken
    );
}
