namespace Headwater.Modeling.Materializations;

/// <summary>The materializations by name.</summary>
internal static class MaterializationTable
{
    private static readonly Dictionary<string, IMaterialization> All = new IMaterialization[]
    {
        new TableMaterialization(),
        new ViewMaterialization(),
        new IncrementalMaterialization(),
        new SeedMaterialization(),
    }.ToDictionary(materialization => materialization.Name, StringComparer.Ordinal);

    /// <summary>What a model may be configured as.</summary>
    public static IEnumerable<string> Names => All.Keys.Where(name => name != "seed").Append("ephemeral");

    public static IMaterialization Of(string name) => All[name];
}
