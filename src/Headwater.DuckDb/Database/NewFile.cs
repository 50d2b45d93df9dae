using Headwater.DuckDb.Errors;

namespace Headwater.DuckDb.Database;

/// <summary>
/// Makes database files whole or not at all. The engine writes a new file in several steps, and takes one that it did not finish for
/// damaged for ever; so a new database is made under another name in the same folder, and gets its own name once it is closed.
/// </summary>
internal static class NewFile
{
    // The engine's three headers: a file that is shorter has no place for a table.
    private const int HeaderBytes = 3 * 4096;
    private const int MagicOffset = 8;

    /// <summary>Sees to it that there is a file, and removes what an end in the middle of making it has left.</summary>
    /// <param name="path">The file, links resolved.</param>
    /// <param name="make">Makes a database under the given name, and closes it.</param>
    /// <exception cref="DuckDbException">
    /// <see cref="DuckDbErrorKind.LockedByProcess"/>: another process is making it; <see cref="DuckDbErrorKind.IO"/>: it cannot be made.
    /// </exception>
    public static void Ensure(string path, Action<string> make)
    {
        var making = path + ".new";
        if (File.Exists(path) && !File.Exists(making) && !File.Exists(Turn(path)) && !IsUnfinished(path))
        {
            return;
        }

        try
        {
            using var turn = TakeTurn(path);
            Remove(making);

            // Again, for another may have made it before this one's turn.
            if (IsUnfinished(path))
            {
                File.Delete(path);
            }

            if (!File.Exists(path))
            {
                Make(path, making, make);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DuckDbException(
                DuckDbErrorKind.IO,
                $"The database file '{path}' cannot be made: {error.Message}",
                inner: error
            );
        }
    }

    private static void Make(string path, string making, Action<string> make)
    {
        try
        {
            make(making);

            // Changes to a database that is gone, which the engine drops as well when it makes a file itself.
            File.Delete(Log(path));
            File.Move(making, path, overwrite: false);
        }
        catch
        {
            Remove(making);
            throw;
        }
    }

    private static FileStream TakeTurn(string path)
    {
        var turn = Turn(path);
        try
        {
            return new FileStream(
                turn,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 1,
                FileOptions.DeleteOnClose
            );
        }
        catch (IOException error) when (File.Exists(turn))
        {
            throw new DuckDbException(
                DuckDbErrorKind.LockedByProcess,
                $"Another process is making the database file '{path}'.",
                inner: error
            );
        }
    }

    // What the engine itself leaves when it is stopped: its headers in part, or nothing at all. Anything else is somebody's.
    private static bool IsUnfinished(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length >= HeaderBytes || File.Exists(Log(path)))
        {
            return false;
        }

        if (file.Length == 0)
        {
            return true;
        }

        try
        {
            var start = File.ReadAllBytes(path);
            return start.AsSpan(Math.Min(MagicOffset, start.Length)).StartsWith("DUCK"u8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Open elsewhere, or of another user: the engine says it better.
            return false;
        }
    }

    private static void Remove(string making)
    {
        File.Delete(making);
        File.Delete(Log(making));
    }

    private static string Turn(string path) => path + ".new.lock";

    private static string Log(string path) => path + ".wal";
}
