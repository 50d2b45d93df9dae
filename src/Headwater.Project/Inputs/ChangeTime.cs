using System.Runtime.InteropServices;

namespace Headwater.Project.Inputs;

/// <summary>
/// When a file or its entry in its folder last changed (<c>ctime</c>). The time of its content can be set, and whoever copies or unpacks files does so;
/// this one cannot.
/// </summary>
internal static partial class ChangeTime
{
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint ChangeMask = 0x80;
    private const int SizeOfStatx = 256;
    private const int SecondsAt = 96;
    private const int NanosecondsAt = 104;

    // Linked against a library that has no such function: told once.
    private static volatile bool _isUnknown = !OperatingSystem.IsLinux();

    /// <summary>In ticks of UTC; 0 where the system does not tell, or there is no such file.</summary>
    public static long Of(string path)
    {
        if (_isUnknown)
        {
            return 0;
        }

        Span<byte> answer = stackalloc byte[SizeOfStatx];
        answer.Clear();
        try
        {
            if (Statx(CurrentFolder, path, DoNotFollow, ChangeMask, ref MemoryMarshal.GetReference(answer)) != 0)
            {
                return 0;
            }
        }
        catch (Exception problem) when (problem is EntryPointNotFoundException or DllNotFoundException)
        {
            _isUnknown = true;
            return 0;
        }

        return (MemoryMarshal.Read<uint>(answer) & ChangeMask) == 0
            ? 0
            : DateTime.UnixEpoch.Ticks
                + MemoryMarshal.Read<long>(answer[SecondsAt..]) * TimeSpan.TicksPerSecond
                + MemoryMarshal.Read<uint>(answer[NanosecondsAt..]) / TimeSpan.NanosecondsPerTick;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte answer);
}
