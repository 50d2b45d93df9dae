using System.Runtime.InteropServices;

namespace Headwater.Sources.Files;

/// <summary>
/// A second name for a file, so that the engine, which may look into its spool folder alone, reads it there without a copy being made. (It resolves
/// symbolic links before it checks, so those do not do.)
/// </summary>
internal static partial class HardLink
{
    /// <summary>Links, or copies where the file system cannot link: across devices, or without the right to.</summary>
    /// <exception cref="IOException">Neither worked.</exception>
    public static void CreateOrCopy(string existing, string link)
    {
        var linked = OperatingSystem.IsWindows() ? CreateHardLink(link, existing, 0) : Link(existing, link) == 0;
        if (!linked)
        {
            File.Copy(existing, link);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string link);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string link, string existing, nint securityAttributes);
}
