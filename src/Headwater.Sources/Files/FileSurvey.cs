using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Headwater.Sources.Files;

/// <summary>What a file's bytes tell before anyone makes sense of them.</summary>
/// <param name="Hash">What the file is known by, whatever it is called: SHA-256 of its bytes, in hexadecimal.</param>
/// <param name="Encoding">The encoding of its beginning, should it be text.</param>
/// <param name="Shape">How its records end, should it be text.</param>
/// <param name="Records">Its records, should it be text.</param>
internal sealed record FileSurvey(string Hash, Encoding Encoding, RecordShape Shape, RecordScan Records)
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Reads the file twice at once, on two threads: hashing and counting cost about the same.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static async Task<FileSurvey> TakeAsync(string path, RecordShape shape, CancellationToken cancellationToken)
    {
        var hashing = Task.Run(() => HashOf(path, cancellationToken), cancellationToken);
        var (encoding, records) = await Task.Run(() => Count(path, shape, cancellationToken), cancellationToken);
        return new FileSurvey(await hashing, encoding, shape, records);
    }

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
