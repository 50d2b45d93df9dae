using System.IO.MemoryMappedFiles;

namespace Headwater.Platform.Audit;

/// <summary>
/// A file of whole lines, mapped into memory: a line handed over is in the operating system's hands, so it survives this process, without
/// a system call; after <see cref="Flush"/> it survives the machine. The file's blocks are reserved when it is made, so that a full
/// disk is met there and not while writing. Until it is closed, zeros follow the last line. One writer at a time, which the owner sees
/// to; flushing may go beside it.
/// </summary>
internal sealed class AuditSegment : IDisposable
{
    /// <summary>Bytes that a segment holds.</summary>
    public const int Capacity = 8 * 1024 * 1024;

    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private volatile bool _dirty;

    /// <param name="path">A file that does not exist yet.</param>
    /// <exception cref="IOException">There is no room on the disk, or the file cannot be made.</exception>
    public AuditSegment(string path)
    {
        Path = path;
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            PreallocationSize = Capacity,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(path, options);
        _map = MemoryMappedFile.CreateFromFile(
            _file,
            null,
            Capacity,
            MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None,
            leaveOpen: true
        );
        _view = _map.CreateViewAccessor(0, Capacity, MemoryMappedFileAccess.ReadWrite);
    }

    public string Path { get; }

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Takes a line, or says that there is no room for it.</summary>
    public bool TryAppend(ArraySegment<byte> line)
    {
        if (Length + line.Count > Capacity)
        {
            return false;
        }

        _view.WriteArray(Length, line.Array!, line.Offset, line.Count);
        Length += line.Count;
        _dirty = true;
        return true;
    }

    /// <summary>Brings to the disk what was appended.</summary>
    public void Flush()
    {
        if (_dirty)
        {
            _dirty = false;
            _view.Flush();
        }
    }

    /// <summary>Cuts the file after its last line and closes it; one without a line is removed.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
        _file.SetLength(Length);
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        if (Length == 0)
        {
            File.Delete(Path);
        }
    }
}
