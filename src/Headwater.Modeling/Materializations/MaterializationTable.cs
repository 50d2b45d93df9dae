using Headwater.Modeling.Snapshots;

namespace Headwater.Modeling.Materializations;

/// <summary>The materializations by name.</summary>
internal static class MaterializationTable
{
    private static readonly Dictionary<string, IMaterialization> All = new IMaterialization[]
    {
        new TableMaterialization(),
        new ViewMaterialization(),
        new IncrementalMaterialization(),
        new MaterializedViewMaterialization(),
        new SeedMaterialization(),
        new SnapshotMaterialization(),
    }.ToDictionary(materialization => materialization.Name, StringComparer.Ordinal);

    /// <summary>What a model may be configured as; projects and packages can define more.</summary>
    public static IEnumerable<string> Names =>
        All.Keys.Where(name => name is not ("seed" or "snapshot")).Append("ephemeral");

    /// <summary>The materialization of a name that is built in, or null.</summary>
    public static IMaterialization? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>The materialization of a name that the parser accepted.</summary>
    public static IMaterialization Of(string name) => All[name];
}
