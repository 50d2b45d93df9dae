using Headwater.Kernel.Diagnostics;

namespace Headwater.Modeling.Building;

/// <summary>How far a node has come: what is known of it when it fails.</summary>
internal sealed class NodeProgress
{
    private readonly List<BatchSpan> _successful = [];
    private readonly List<BatchSpan> _failed = [];

    /// <summary>The SQL; null as long as there is none.</summary>
    public string? Sql { get; private set; }

    /// <summary>The time from the node's start to its SQL.</summary>
    public TimeSpan Compiling { get; private set; }

    /// <summary>Why the first batch failed that was taken back alone; null for none.</summary>
    public Diagnostic? BatchFailure { get; private set; }

    /// <summary>The batches; null for a node that has none.</summary>
    public BatchResults? Batches =>
        _successful.Count + _failed.Count == 0 ? null : new BatchResults([.. _successful], [.. _failed]);

    /// <summary>The same after all that the node did was taken back.</summary>
    public BatchResults? BatchesTakenBack =>
        Batches is null ? null : new BatchResults([], [.. _successful.Concat(_failed).OrderBy(batch => batch.Start)]);

    public void Compiled(string sql, long start)
    {
        Sql = sql;
        Compiling = BuildRun.Since(start);
    }

    public void Succeed(BatchSpan batch) => _successful.Add(batch);

    public void Fail(BatchSpan batch, Diagnostic? diagnostic = null)
    {
        _failed.Add(batch);
        BatchFailure ??= diagnostic;
    }
}
