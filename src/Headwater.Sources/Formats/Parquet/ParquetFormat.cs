using System.Text;
using Headwater.Sources.Files;

namespace Headwater.Sources.Formats.Parquet;

/// <summary>Parquet: names and types stand in the file.</summary>
internal sealed class ParquetFormat : IFileFormat
{
    public static ParquetFormat Instance { get; } = new();

    public string Noun => "Parquet";

    public async ValueTask<(SpooledFile Spooled, FileReading Reading)> OpenAsync(
        ReadingContext context,
        CancellationToken cancellationToken
    )
    {
        var spooled = context.Spool.AddWhole(context.File, Encoding.UTF8, cancellationToken);
        try
        {
            var from = $"read_parquet({context.Dialect.Literal(spooled.Path)})";
            return (spooled, await DescribedReading.OfAsync(context, from, cancellationToken));
        }
        catch
        {
            spooled.Dispose();
            throw;
        }
    }
}
