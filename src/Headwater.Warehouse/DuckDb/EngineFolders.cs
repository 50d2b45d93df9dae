using System.Security.Cryptography;

namespace Headwater.Warehouse.DuckDb;

/// <summary>
/// The two folders of one open instance under its home: the spool, the only place outside the database that SQL can reach, and the place
/// for spilling. Both have random names and go when the instance closes. A lock file beside them is held open meanwhile, so that
/// the next start can tell folders that a crash left behind from those in use, and removes them.
/// </summary>
internal sealed class EngineFolders : IDisposable
{
    private const string LockSuffix = ".lock";

    private readonly FileStream _lock;
    private readonly string _root;

    private EngineFolders(string root, FileStream held)
    {
        _root = root;
        _lock = held;
        Spool = Path.Combine(root, "spool");
        Temp = Path.Combine(root, "temp");
    }

    public string Spool { get; }

    public string Temp { get; }

    public static EngineFolders Create(string home)
    {
        var parent = Path.Combine(Path.GetFullPath(home), "engine");
        Directory.CreateDirectory(parent);
        RemoveStale(parent);

        // Guessing the name must not be a way in.
        var root = Path.Combine(parent, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        var held = new FileStream(root + LockSuffix, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var folders = new EngineFolders(root, held);
        Directory.CreateDirectory(folders.Spool);
        Directory.CreateDirectory(folders.Temp);
        return folders;
    }

    public void Dispose()
    {
        Remove(_root);
        _lock.Dispose();
        File.Delete(_root + LockSuffix);
    }

    private static void RemoveStale(string parent)
    {
        foreach (var lockFile in Directory.EnumerateFiles(parent, "*" + LockSuffix))
        {
            try
            {
                using (new FileStream(lockFile, FileMode.Open, FileAccess.Write, FileShare.None))
                {
                    Remove(lockFile[..^LockSuffix.Length]);
                }

                File.Delete(lockFile);
            }
            catch (IOException)
            {
                // In use by a living instance.
            }
            catch (UnauthorizedAccessException)
            {
                // Of another user.
            }
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
