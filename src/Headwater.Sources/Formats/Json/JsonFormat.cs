using Headwater.Sources.Files;

namespace Headwater.Sources.Formats.Json;

/// <summary>One JSON document: a list of objects, or objects one after the other. It is whole or it is not.</summary>
internal sealed class JsonFormat : IFileFormat
{
    private const long LargestObject = 64L << 20;

    public static JsonFormat Instance { get; } = new();

    public string Noun => "JSON";

    public async ValueTask<(SpooledFile Spooled, FileReading Reading)> OpenAsync(
        ReadingContext context,
        CancellationToken cancellationToken
    )
    {
        var encoding = context.Options.Encoding is { } name ? TextEncodings.Find(name) : null;
        var spooled = context.Spool.AddWhole(context.File, encoding, cancellationToken);
        try
        {
            var from =
                $"read_json({context.Dialect.Literal(spooled.Path)}, sample_size=-1, maximum_object_size={LargestObject})";
            var reading = await DescribedReading.OfAsync(context, from, cancellationToken);
            return reading.Columns is [{ Name: "json", Type: "JSON" }]
                ? throw SourceDiagnostics.FileBroken.With(context.File.Name, Noun, "it holds no objects").ToException()
                : (spooled, reading);
        }
        catch
        {
            spooled.Dispose();
            throw;
        }
    }
}
