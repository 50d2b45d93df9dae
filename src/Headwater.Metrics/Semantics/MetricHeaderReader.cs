using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>Reads what every metric says about itself.</summary>
internal static class MetricHeaderReader
{
    public static MetricHeader Read(string name, MappingReader reader, ProjectPackage package)
    {
        var meta = reader.Child("meta") ?? reader.Child("config")?.Child("meta");
        return new MetricHeader(
            name,
            package.Name,
            reader.RequiredText("name").Location,
            reader.Text("label"),
            reader.Text("description"),
            meta?.Text("owner"),
            meta?.Text("format")
        )
        {
            Entry = reader.Mapping,
            DefaultGrain = DimensionReader.Grain(reader, "time_granularity"),
            Meta =
                meta?.Mapping.Entries.Where(entry => entry.Value is YamlScalar)
                    .ToDictionary(entry => entry.Key.Text, entry => ((YamlScalar)entry.Value).Text)
                ?? [],
        };
    }
}
