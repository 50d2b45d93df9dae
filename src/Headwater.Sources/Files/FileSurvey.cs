using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Headwater.Sources.Files;

/// <summary>
/// What a file's bytes tell before anyone makes sense of them. Its beginning is read at once; what takes all of it is worked out once, from the first
/// call on, on a thread of its own, so that landing does not wait for it where it can. For one caller at a time.
/// </summary>
internal sealed class FileSurvey
{
    private const int BufferBytes = 1 << 20;

    private readonly string _path;
    private Task<string>? _hash;
    private Task<RecordScan>? _records;

    private FileSurvey(string path, Encoding encoding, RecordShape shape)
    {
        _path = path;
        Encoding = encoding;
        Shape = shape;
    }

    /// <summary>The encoding of its beginning, should it be text.</summary>
    public Encoding Encoding { get; }

    /// <summary>How its records end, should it be text.</summary>
    public RecordShape Shape { get; }

    /// <summary>Reads the beginning of a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static FileSurvey Take(string path, RecordShape shape)
    {
        using var file = Open(path);
        var beginning = new byte[Math.Min(BufferBytes, file.Length)];
        var read = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        var encoding = read == 0 ? Encoding.UTF8 : TextEncodings.Detect(beginning.AsSpan(0, read));
        return new FileSurvey(path, encoding, shape);
    }

    /// <summary>What the file is known by, whatever it is called: SHA-256 of its bytes, in hexadecimal.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Task<string> HashAsync(CancellationToken cancellationToken) =>
        _hash ??= Task.Run(() => HashOf(_path, cancellationToken), cancellationToken);

    /// <summary>Its records, should it be text.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Task<RecordScan> CountAsync(CancellationToken cancellationToken) =>
        _records ??= Task.Run(() => CountRecords(_path, Shape, cancellationToken), cancellationToken);

    /// <summary>The records of a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RecordScan CountRecords(string path, RecordShape shape, CancellationToken cancellationToken)
    {
        var records = new RecordScan(shape);
        Read(path, records.Append, cancellationToken);
        records.Complete();
        return records;
    }

    private static string HashOf(string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Read(path, hash.AppendData, cancellationToken);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Read(string path, Action<ReadOnlySpan<byte>> take, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var file = Open(path);
            int read;
            while ((read = file.ReadAtLeast(buffer.AsSpan(0, BufferBytes), BufferBytes, throwOnEndOfStream: false)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                take(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);
}
