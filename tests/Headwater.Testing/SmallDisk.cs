using System.Diagnostics;

namespace Headwater.Testing;

/// <summary>A disk in memory that can be filled; mounting one takes root on Linux.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Folder = path;

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    /// <summary>Mounts an empty disk, or gives null where that cannot be done.</summary>
    public static SmallDisk? TryMount(int kilobytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("headwater-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder))
        {
            return new SmallDisk(folder);
        }

        Directory.Delete(folder);
        return null;
    }

    /// <summary>Leaves this much room, in bytes.</summary>
    public void Fill(long bytesLeft = 0) =>
        File.WriteAllBytes(
            Filler,
            new byte[Math.Max(0, new DriveInfo(Folder).AvailableFreeSpace + FillerLength() - bytesLeft)]
        );

    /// <summary>Gives all the room back.</summary>
    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", Folder);
        Directory.Delete(Folder);
    }

    private long FillerLength() => File.Exists(Filler) ? new FileInfo(Filler).Length : 0;

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
