using System.Collections.Immutable;
using Headwater.Kernel.Names;

namespace Headwater.Warehouse.Publication;

/// <summary>The versions of published relations as of one moment. Immutable; safe for several threads.</summary>
internal sealed class VersionSnapshot(ImmutableDictionary<RelationName, long> versions)
{
    public static VersionSnapshot Empty { get; } = new(ImmutableDictionary<RelationName, long>.Empty);

    /// <summary>The version of a relation, from 1; 0 if it was never published.</summary>
    public long this[RelationName relation] => versions.GetValueOrDefault(relation);

    public IReadOnlyCollection<KeyValuePair<RelationName, long>> All => versions;

    /// <summary>The higher version of each relation.</summary>
    public VersionSnapshot Join(VersionSnapshot other)
    {
        var joined = versions.ToBuilder();
        foreach (var (relation, version) in other.All)
        {
            joined[relation] = Math.Max(version, joined.GetValueOrDefault(relation));
        }

        return new VersionSnapshot(joined.ToImmutable());
    }
}
