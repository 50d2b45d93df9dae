namespace Headwater.Sources;

/// <summary>What landing does not go beyond, so that no file takes the memory of the process.</summary>
/// <param name="RecordBytes">A record longer than this is set aside. The engine holds several records of the longest length at once.</param>
/// <param name="CountedFirstBytes">Records of a file smaller than this are counted before it is read; those of a larger one while the engine reads it.</param>
public sealed record LandingLimits(long RecordBytes, long CountedFirstBytes)
{
    /// <summary>16 MiB a record; files from 32 MiB on are counted while they are read.</summary>
    public static LandingLimits Default { get; } = new(16L << 20, 32L << 20);
}
