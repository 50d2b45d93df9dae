using Headwater.DuckDb.Errors;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Platform;

/// <summary>Tells a full disk from other failures, whichever part of the program met it.</summary>
public static class FullDisk
{
    /// <inheritdoc cref="NoSpace.Caused"/>
    public static bool Caused(Exception failure) => NoSpace.Caused(failure);

    /// <summary>The failure as HW7005, with the failure's own text.</summary>
    public static DiagnosticException ToException(Exception failure) =>
        PlatformDiagnostics.DiskFull.With(failure.Message).ToException(failure);
}
