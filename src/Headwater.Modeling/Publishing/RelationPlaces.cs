using Headwater.Kernel.Names;

namespace Headwater.Modeling.Publishing;

/// <summary>
/// Where relations are while a build runs: those that it makes anew stand in a schema of their own until they are published, and every
/// statement of the build that names the published one means the new one. For one transaction, one caller at a time.
/// </summary>
internal sealed class RelationPlaces(string catalog)
{
    private readonly Dictionary<RelationName, string> _schemas = [];
    private readonly HashSet<string> _moved = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the database is called in names of three parts.</summary>
    public string Catalog { get; } = catalog;

    public bool IsEmpty => _schemas.Count == 0;

    /// <summary>Where a relation is now: itself, unless it was made anew.</summary>
    public RelationName Of(RelationName name) =>
        _schemas.TryGetValue(name, out var schema) ? name with { Schema = schema } : name;

    /// <summary>What stands elsewhere.</summary>
    public IEnumerable<RelationName> Moved => _schemas.Keys;

    public bool Has(RelationName name) => _schemas.ContainsKey(name);

    /// <summary>False for most identifiers, at once: no relation of this name was made anew.</summary>
    public bool MayBeMoved(string relation) => _moved.Contains(relation);

    public string? SchemaOf(string schema, string relation) =>
        _schemas.GetValueOrDefault(new RelationName(schema, relation));

    public void Move(RelationName name, string schema)
    {
        _schemas[name] = schema;
        _moved.Add(name.Name);
    }

    public void Forget(RelationName name) => _schemas.Remove(name);

    public void Clear()
    {
        _schemas.Clear();
        _moved.Clear();
    }
}
