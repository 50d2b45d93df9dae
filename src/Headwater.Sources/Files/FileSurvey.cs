using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Headwater.Sources.Files;

/// <summary>What a file's bytes tell before anyone makes sense of them. For one caller at a time.</summary>
internal sealed class FileSurvey
{
    private const int BufferBytes = 1 << 20;

    private readonly string _path;
    private Task<string>? _hash;

    private FileSurvey(string path, Encoding encoding, RecordShape shape, RecordScan records)
    {
        _path = path;
        Encoding = encoding;
        Shape = shape;
        Records = records;
    }

    /// <summary>The encoding of its beginning, should it be text.</summary>
    public Encoding Encoding { get; }

    /// <summary>How its records end, should it be text.</summary>
    public RecordShape Shape { get; }

    /// <summary>Its records, should it be text.</summary>
    public RecordScan Records { get; }

    /// <summary>Reads the file once.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static async Task<FileSurvey> TakeAsync(string path, RecordShape shape, CancellationToken cancellationToken)
    {
        var (encoding, records) = await Task.Run(() => Count(path, shape, cancellationToken), cancellationToken);
        return new FileSurvey(path, encoding, shape, records);
    }

    /// <summary>
    /// What the file is known by, whatever it is called: SHA-256 of its bytes, in hexadecimal. Worked out once, from the first call on, on a thread of its
    /// own: it takes a quarter of the time that landing does, so that landing does not wait for it where it can.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Task<string> HashAsync(CancellationToken cancellationToken) =>
        _hash ??= Task.Run(() => HashOf(_path, cancellationToken), cancellationToken);

    /// <summary>The records of a UTF-8 file.</summary>
    public static RecordScan CountRecords(string path, RecordShape shape, CancellationToken cancellationToken) =>
        Count(path, shape, cancellationToken).Records;

    private static string HashOf(string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Read(path, bytes => hash.AppendData(bytes), cancellationToken);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static (Encoding Encoding, RecordScan Records) Count(
        string path,
        RecordShape shape,
        CancellationToken cancellationToken
    )
    {
        Encoding? encoding = null;
        var records = new RecordScan(shape);
        Read(
            path,
            bytes =>
            {
                encoding ??= TextEncodings.Detect(bytes);
                records.Append(bytes);
            },
            cancellationToken
        );
        records.Complete();
        return (encoding ?? Encoding.UTF8, records);
    }

    private static void Read(string path, Action<ReadOnlySpan<byte>> take, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite,
                1,
                FileOptions.SequentialScan
            );
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
}
