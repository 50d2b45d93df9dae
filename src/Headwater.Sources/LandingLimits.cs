namespace Headwater.Sources;

/// <summary>What landing does not go beyond, so that no file takes the memory of the process.</summary>
/// <param name="RecordBytes">A record longer than this is set aside. The engine holds several records of the longest length at once.</param>
public sealed record LandingLimits(long RecordBytes)
{
    /// <summary>16 MiB a record.</summary>
    public static LandingLimits Default { get; } = new(16L << 20);
}
