namespace Headwater.Query.Execution;

/// <summary>How much one question may use.</summary>
/// <param name="Time">Longest that it may run.</param>
/// <param name="Rows">Rows after which the answer is cut and says so.</param>
/// <param name="Bytes">Encoded bytes after which it is refused.</param>
/// <param name="Concurrency">Questions that run at once.</param>
/// <param name="Waiting">Questions that may wait for a place; further ones are refused.</param>
/// <param name="CacheBytes">Encoded bytes that the cache may hold.</param>
/// <param name="CopyRows">Rows of a table that may be copied for user SQL under row rules.</param>
public sealed record QueryLimits(
    TimeSpan Time,
    long Rows,
    long Bytes,
    int Concurrency,
    int Waiting,
    long CacheBytes,
    long CopyRows
)
{
    public static QueryLimits Default { get; } =
        new(
            TimeSpan.FromSeconds(10),
            Rows: 1_000_000,
            Bytes: 256_000_000,
            Concurrency: 2 * Environment.ProcessorCount,
            Waiting: 1_000,
            CacheBytes: 256_000_000,
            CopyRows: 2_000_000
        );
}
