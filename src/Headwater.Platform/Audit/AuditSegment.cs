using Microsoft.Win32.SafeHandles;

namespace Headwater.Platform.Audit;

/// <summary>A file that only grows: one JSON object a line. One writer at a time, which the owner sees to; flushing may go beside it.</summary>
internal sealed class AuditSegment : IDisposable
{
    private readonly SafeFileHandle _file;
    private volatile bool _dirty;

    /// <param name="path">The file; made if absent, continued if not.</param>
    public AuditSegment(string path)
    {
        Path = path;
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Length = RandomAccess.GetLength(_file);
    }

    public string Path { get; }

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>Hands a line to the operating system: it survives this process, and after <see cref="Flush"/> the machine.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        RandomAccess.Write(_file, line, Length);
        Length += line.Length;
        _dirty = true;
    }

    /// <summary>Brings to the disk what was appended.</summary>
    public void Flush()
    {
        if (_dirty)
        {
            _dirty = false;
            RandomAccess.FlushToDisk(_file);
        }
    }

    public void Dispose() => _file.Dispose();
}
