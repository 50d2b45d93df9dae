using System.Buffers;
using System.IO.Compression;

namespace Headwater.Sources.Sheets;

/// <summary>
/// How large a workbook is when it is unpacked. Its reader holds all texts of a workbook in memory, so that a small file could take all there is: what an archive says
/// of its own sizes is not believed, it is unpacked into nothing and counted.
/// </summary>
internal static class Unpacked
{
    private const long MostBytes = 256L << 20;

    // Rows are read one by one, but texts, styles and what else there is are read as a whole.
    private const long MostBytesBesideSheets = 64L << 20;

    /// <summary>Whether it is more than is read. A file that is no archive is not: its reader says what it is.</summary>
    public static async Task<bool> IsTooLargeAsync(string path, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            await using var file = File.OpenRead(path);
            using var archive = new ZipArchive(file);
            var (all, beside) = (0L, 0L);
            foreach (var entry in archive.Entries)
            {
                var isSheet = entry.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase);
                await using var content = await entry.OpenAsync(cancellationToken);
                int count;
                while ((count = await content.ReadAsync(buffer, cancellationToken)) > 0)
                {
                    all += count;
                    beside += isSheet ? 0 : count;
                    if (all > MostBytes || beside > MostBytesBesideSheets)
                    {
                        return true;
                    }
                }
            }

            return false;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
