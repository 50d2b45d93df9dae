namespace Headwater.Sources.Landing.Tables;

/// <summary>Records of one file, or of several. Read is landed and quarantined.</summary>
internal readonly record struct FileCounts(long Landed, long Quarantined)
{
    public long Read => Landed + Quarantined;

    public FileCounts Plus(FileCounts other) => new(Landed + other.Landed, Quarantined + other.Quarantined);
}
