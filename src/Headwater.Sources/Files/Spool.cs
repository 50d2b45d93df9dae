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
    private const int BufferBytes = 1 << 20;

    /// <summary>A text file.</summary>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">It is not the gzip file that its name says.</exception>
    public SpooledFile AddText(SourceFile file, Encoding? encoding, CancellationToken cancellationToken)
    {
        var target = NewPath(file.PlainName);
        var actual = encoding ?? (file.IsCompressed ? DetectCompressed(file) : file.Survey.Encoding);
        var records = file.Survey.Records;
        var fits = records.Longest <= limits.RecordBytes && !records.HasMixedEnds && !records.HasCarriagesOnly;
        if (!file.IsCompressed && fits && actual.CodePage == Encoding.UTF8.CodePage)
        {
            HardLink.CreateOrCopy(file.Info.FullName, target);
            return new SpooledFile(target, records, []);
        }

        try
        {
            return Rewrite(file, target, actual, cancellationToken);
        }
        catch
        {
            File.Delete(target);
            throw;
        }
    }

    /// <summary>A file of another kind, as it is.</summary>
    /// <exception cref="IOException">It cannot be read or linked.</exception>
    public SpooledFile AddBinary(SourceFile file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var target = NewPath(file.PlainName);
        if (file.IsCompressed)
        {
            using var input = Open(file);
            using var output = File.Create(target);
            input.CopyTo(output);
            CheckWhole(file, input);
        }
        else
        {
            HardLink.CreateOrCopy(file.Info.FullName, target);
        }

        return new SpooledFile(target, file.Survey.Records, []);
    }

    /// <summary>A path in the spool folder that nobody uses, with the ending of a name.</summary>
    public string NewPath(string name) => Path.Combine(folder, Guid.NewGuid().ToString("n") + Path.GetExtension(name));

    private SpooledFile Rewrite(SourceFile file, string target, Encoding encoding, CancellationToken cancellationToken)
    {
        using var input = Open(file);
        using var utf8 =
            encoding.CodePage == Encoding.UTF8.CodePage
                ? input
                : Encoding.CreateTranscodingStream(input, encoding, Encoding.UTF8, leaveOpen: true);
        using var output = File.Create(target, BufferBytes);
        using var filter = new OversizedFilter(output, file.Survey.Shape, limits.RecordBytes);
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = utf8.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = buffer.AsSpan(0, read);
            if (file.Survey.Records.HasCarriagesOnly)
            {
                bytes.Replace((byte)'\r', (byte)'\n');
            }

            filter.Append(bytes);
        }

        CheckWhole(file, input);
        filter.Complete();
        return new SpooledFile(target, filter.Records, filter.Oversized);
    }

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
