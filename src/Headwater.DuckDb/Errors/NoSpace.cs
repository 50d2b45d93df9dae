namespace Headwater.DuckDb.Errors;

/// <summary>Tells a full disk from other failures, whichever part of the program met it.</summary>
public static class NoSpace
{
    // ENOSPC, on Linux and macOS alike, and EDQUOT of each.
    private static readonly int[] UnixErrors = [28, OperatingSystem.IsMacOS() ? 69 : 122];

    // ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
    private static readonly int[] WindowsErrors = [unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Whether a failure, or what caused it, is that a disk has no room left.</summary>
    public static bool Caused(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is DuckDbException { IsDiskFull: true } || (cause is IOException file && Means(file)))
            {
                return true;
            }
        }

        return false;
    }

    // When a file's space cannot be reserved, .NET gives no number of the system's but this text, on every system.
    private static bool Means(IOException failure) =>
        WindowsErrors.Contains(failure.HResult)
        || (!OperatingSystem.IsWindows() && UnixErrors.Contains(failure.HResult))
        || failure.Message.Contains("disk was full", StringComparison.Ordinal);
}
