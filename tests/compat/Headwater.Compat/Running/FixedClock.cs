namespace Headwater.Compat.Running;

/// <summary>A clock that stands still at the time of dbt's own run, so that times in compiled code are the same.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
