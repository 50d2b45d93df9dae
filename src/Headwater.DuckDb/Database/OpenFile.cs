using Headwater.DuckDb.Errors;

namespace Headwater.DuckDb.Database;

/// <summary>
/// A claim on a database file within this process. The engine closes a file with its last connection, so the instance and each
/// connection hold a share of the claim, and the file is free when all are given back.
/// </summary>
internal sealed class OpenFile : IDisposable
{
    private static readonly HashSet<string> Claimed = new(
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase
    );

    private int _shares = 1;

    private OpenFile(string path) => Path = path;

    /// <summary>The file itself: absolute, without links.</summary>
    public string Path { get; }

    /// <exception cref="DuckDbException"><see cref="DuckDbErrorKind.AlreadyOpen"/>.</exception>
    public static OpenFile Claim(string path)
    {
        var real = RealPath(path);
        lock (Claimed)
        {
            return Claimed.Add(real)
                ? new OpenFile(real)
                : throw new DuckDbException(
                    DuckDbErrorKind.AlreadyOpen,
                    $"This process already has the database file '{path}' open."
                );
        }
    }

    /// <summary>One more holder, who gives the share back with <see cref="Dispose"/>, once.</summary>
    public OpenFile Share()
    {
        lock (Claimed)
        {
            _shares++;
            return this;
        }
    }

    public void Dispose()
    {
        lock (Claimed)
        {
            if (--_shares == 0)
            {
                Claimed.Remove(Path);
            }
        }
    }

    // Links on the way or at the end must not make two names of one file.
    private static string RealPath(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var parent = System.IO.Path.GetDirectoryName(full);
        if (parent is null)
        {
            return full;
        }

        var here = System.IO.Path.Combine(RealPath(parent), System.IO.Path.GetFileName(full));
        FileSystemInfo info = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        return info.LinkTarget is null
            ? here
            : RealPath(info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? here);
    }
}
