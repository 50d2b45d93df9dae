using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>Reads the keys of an entity.</summary>
internal static class EntityReader
{
    private static readonly Dictionary<string, EntityType> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["primary"] = EntityType.Primary,
        ["unique"] = EntityType.Unique,
        ["foreign"] = EntityType.Foreign,
        ["natural"] = EntityType.Natural,
    };

    public static Entity Read(MappingReader reader)
    {
        var name = reader.RequiredName("name").Text.ToLowerInvariant();
        return new Entity(name, Type(reader), reader.Text("expr") ?? name);
    }

    /// <summary>An entity that stands at a column: its name is the column's unless it has one.</summary>
    public static Entity ReadOfColumn(MappingReader reader, string column) =>
        new((reader.Text("name") ?? column).ToLowerInvariant(), Type(reader), column);

    private static EntityType Type(MappingReader reader) => reader.Choice("type", Types) ?? EntityType.Foreign;
}
