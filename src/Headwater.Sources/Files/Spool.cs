using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Headwater.Sources.Files;

/// <summary>
/// Brings files into the spool folder. What the engine can read as it is gets a link; what is compressed, in another encoding, or has a record
/// that does not fit into memory is written there anew as plain UTF-8 with line feeds.
/// </summary>
internal sealed class Spool(string folder, LandingLimits limits)
{
    /// <summary>A regular expression of the names that files get here.</summary>
    public const string NamePattern = @"[0-9a-f]{32}(\.\w+)?";

    private const int BufferBytes = 1 << 20;

    /// <summary>
    /// Whether a file is so large that counting its records before the engine reads them would be felt: then they are counted beside it, trusting that
    /// the engine can read the file as it is.
    /// </summary>
    public bool CountsBeside(SourceFile file) => !file.IsCompressed && file.Info.Length >= limits.CountedFirstBytes;

    /// <summary>Whether the engine can read a file of such records as it is.</summary>
    public bool IsReadable(RecordScan records) =>
        records.Longest <= limits.RecordBytes && !records.HasMixedEnds && !records.HasCarriagesOnly;

    /// <summary>A text file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="encoding">Its encoding, or null for what it looks like.</param>
    /// <param name="isTrusted">Whether it is taken to be as the engine can read it, should its encoding be UTF-8.</param>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">It is not the gzip file that its name says.</exception>
    public async ValueTask<SpooledFile> AddTextAsync(
        SourceFile file,
        Encoding? encoding,
        bool isTrusted,
        CancellationToken cancellationToken
    )
    {
        var target = NewPath(file.PlainName);
        var actual = encoding ?? (file.IsCompressed ? DetectCompressed(file) : file.Survey.Encoding);
        var isUtf8 = !file.IsCompressed && IsUtf8(actual);
        if (isUtf8 && isTrusted)
        {
            HardLink.CreateOrCopy(file.Info.FullName, target);
            var counting = file.Survey.CountAsync(cancellationToken);
            return new SpooledFile(target, counting, RecordScan.EngineLineBytes, []);
        }

        // What is compressed is only counted as it is unpacked.
        var records = file.IsCompressed ? null : await file.Survey.CountAsync(cancellationToken);
        if (isUtf8 && records is not null && IsReadable(records))
        {
            HardLink.CreateOrCopy(file.Info.FullName, target);
            return Counted(target, records, []);
        }

        try
        {
            return Rewrite(file, target, actual, records is { HasCarriagesOnly: true }, cancellationToken);
        }
        catch
        {
            File.Delete(target);
            throw;
        }
    }

    /// <summary>A file that is read as a whole, not record by record: as it is, but for its compression and its encoding.</summary>
    /// <param name="file">The file.</param>
    /// <param name="encoding">Its encoding, null for what it looks like; UTF-8 for what is no text.</param>
    /// <exception cref="IOException">It cannot be read, written or linked.</exception>
    /// <exception cref="InvalidDataException">It is not the gzip file that its name says.</exception>
    public SpooledFile AddWhole(SourceFile file, Encoding? encoding, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var target = NewPath(file.PlainName);
        var actual = encoding ?? (file.IsCompressed ? DetectCompressed(file) : file.Survey.Encoding);
        if (!file.IsCompressed && IsUtf8(actual))
        {
            HardLink.CreateOrCopy(file.Info.FullName, target);
        }
        else
        {
            using var input = Open(file);
            using var utf8 = ToUtf8(input, actual);
            using (var output = File.Create(target))
            {
                utf8.CopyTo(output, BufferBytes);
            }

            CheckWhole(file, input);
        }

        return Counted(target, new RecordScan(RecordShape.Lines), []);
    }

    /// <summary>A file of the spool that was counted before the engine reads it.</summary>
    public static SpooledFile Counted(string path, RecordScan records, IReadOnlyList<OversizedRecord> oversized) =>
        new(path, Task.FromResult(records), Math.Max(records.Longest + 2, RecordScan.EngineLineBytes), oversized);

    /// <summary>A path in the spool folder that nobody uses, with the ending of a name.</summary>
    public string NewPath(string name) => Path.Combine(folder, Guid.NewGuid().ToString("n") + Path.GetExtension(name));

    private SpooledFile Rewrite(
        SourceFile file,
        string target,
        Encoding encoding,
        bool hasCarriagesOnly,
        CancellationToken cancellationToken
    )
    {
        using var input = Open(file);
        using var utf8 = ToUtf8(input, encoding);
        using var output = File.Create(target, BufferBytes);
        using var filter = new OversizedFilter(output, file.Survey.Shape, limits.RecordBytes);
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = utf8.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = buffer.AsSpan(0, read);
            if (hasCarriagesOnly)
            {
                bytes.Replace((byte)'\r', (byte)'\n');
            }

            filter.Append(bytes);
        }

        CheckWhole(file, input);
        filter.Complete();
        return Counted(target, filter.Records, filter.Oversized);
    }

    private static bool IsUtf8(Encoding encoding) => encoding.CodePage == Encoding.UTF8.CodePage;

    private static Stream ToUtf8(Stream input, Encoding encoding) =>
        IsUtf8(encoding) ? input : Encoding.CreateTranscodingStream(input, encoding, Encoding.UTF8, leaveOpen: true);

    private static Encoding DetectCompressed(SourceFile file)
    {
        using var input = Open(file);
        var sample = new byte[BufferBytes];
        return TextEncodings.Detect(
            sample.AsSpan(0, input.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false))
        );
    }

    // The library reads an archive that was cut off without a word; the last four bytes say how long the content is (RFC 1952).
    private static void CheckWhole(SourceFile file, Stream input)
    {
        if (input is not CountingStream counted)
        {
            return;
        }

        Span<byte> size = stackalloc byte[4];
        using var archive = file.Info.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        archive.Seek(-Math.Min(size.Length, archive.Length), SeekOrigin.End);
        if (
            archive.ReadAtLeast(size, size.Length, throwOnEndOfStream: false) < size.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(size) != (uint)counted.Count
        )
        {
            throw new InvalidDataException("it is cut off, or several archives in one");
        }
    }

    private static Stream Open(SourceFile file)
    {
        var plain = new FileStream(
            file.Info.FullName,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite,
            BufferBytes,
            FileOptions.SequentialScan
        );
        return file.IsCompressed ? new CountingStream(new GZipStream(plain, CompressionMode.Decompress)) : plain;
    }
}
