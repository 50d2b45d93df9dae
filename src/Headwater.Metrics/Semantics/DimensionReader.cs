using Headwater.Metrics.Time;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>Reads the keys of a dimension.</summary>
internal static class DimensionReader
{
    private static readonly Dictionary<string, bool> IsTimeByType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["categorical"] = false,
        ["time"] = true,
    };

    private static readonly Dictionary<string, Grain> GrainNames = Grains.Names.ToDictionary(
        name => name,
        name => Grains.Find(name)!.Value,
        StringComparer.OrdinalIgnoreCase
    );

    public static Dimension Read(MappingReader reader)
    {
        var name = reader.RequiredName("name").Text.ToLowerInvariant();
        return Read(reader, name, reader.Text("expr") ?? name, null);
    }

    /// <summary>A dimension that stands at a column: its name is the column's unless it has one.</summary>
    public static Dimension ReadOfColumn(MappingReader reader, string column, Grain? columnGrain) =>
        Read(reader, (reader.Text("name") ?? column).ToLowerInvariant(), column, columnGrain);

    /// <summary>The grain under <c>time_granularity</c> or <c>granularity</c>, or null.</summary>
    public static Grain? Grain(MappingReader? reader, string key) => reader?.Choice(key, GrainNames);

    /// <summary>The validity that a list of dimensions declares by <c>validity_params</c>, or null.</summary>
    public static Validity? ReadValidity(MappingReader reader, string key = "dimensions")
    {
        string? start = null;
        string? end = null;
        foreach (var dimension in reader.Mappings(key))
        {
            Note(dimension, dimension.Text("expr") ?? dimension.Text("name") ?? "", ref start, ref end);
        }

        return start is null || end is null ? null : new Validity(start, end);
    }

    /// <summary>Takes the expression for the start or end of a row's validity if the dimension says so.</summary>
    public static void Note(MappingReader dimension, string expression, ref string? start, ref string? end)
    {
        var validity = dimension.Child("validity_params") ?? dimension.Child("type_params")?.Child("validity_params");
        if (validity?.Boolean("is_start") is true)
        {
            start = expression;
        }

        if (validity?.Boolean("is_end") is true)
        {
            end = expression;
        }
    }

    private static Dimension Read(MappingReader reader, string name, string expression, Grain? columnGrain)
    {
        var isTime = reader.Choice("type", IsTimeByType) ?? columnGrain is not null;
        var grain = isTime
            ? Grain(reader.Child("type_params"), "time_granularity")
                ?? Grain(reader, "granularity")
                ?? columnGrain
                ?? Time.Grain.Day
            : (Grain?)null;
        return new Dimension(name, expression, grain, reader.Text("label"), reader.Text("description"))
        {
            IsPartition = reader.Boolean("is_partition") ?? false,
            StoredZone = ReadZone(reader),
        };
    }

    private static string? ReadZone(MappingReader reader)
    {
        var meta = reader.Child("meta") ?? reader.Child("config")?.Child("meta");
        var zone = meta?.LocatedText("stored_time_zone");
        if (zone is null || TimeZoneInfo.TryFindSystemTimeZoneById(zone.Text, out _))
        {
            return zone?.Text;
        }

        reader.Report(MetricDiagnostics.BadTimeZone.At(zone.Location, zone.Text));
        return null;
    }
}
