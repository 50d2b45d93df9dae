namespace Headwater.Platform;

/// <summary>Makes the folder of data and catalog: what row rules keep from a user must not lie open to every account of the machine.</summary>
internal static class PrivateFolder
{
    /// <summary>Creates a folder for its owner alone. One that is there already keeps the rights that somebody gave it.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
