namespace Headwater.Platform;

/// <summary>Makes the folder of data and catalog: what row rules keep from a user must not lie open to every account of the machine.</summary>
public static class PrivateFolder
{
    /// <summary>Creates a folder for its owner alone. One that is there already keeps the rights that somebody gave it.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW7004; HW7005: the disk is full.</exception>
    public static void Create(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
                Directory.CreateDirectory(path, owner);
            }
        }
        catch (IOException problem) when (FullDisk.Caused(problem))
        {
            throw FullDisk.ToException(problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw PlatformDiagnostics.HomeUnusable.With(path, problem.Message).ToException(problem);
        }
    }
}
