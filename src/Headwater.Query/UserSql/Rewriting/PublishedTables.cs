using Headwater.Kernel.Names;
using Headwater.Query.Policies;
using Headwater.Query.Publishing;

namespace Headwater.Query.UserSql.Rewriting;

/// <summary>
/// The published relations as one asker may see them. Who sees every row reads the relations themselves; who is under row rules reads copies of the
/// permitted rows, and only of relations that every rule reaches.
/// </summary>
internal sealed class PublishedTables(
    Publication publication,
    EffectivePolicy policy,
    string warehouseCatalog,
    Func<ReachableRelation, TableTarget> copyOf
) : ITableResolver
{
    public ReachableRelation Resolve(string catalog, string schema, string name)
    {
        var found = publication
            .Relations.Values.Where(relation =>
                string.Equals(relation.Name.Name, name, StringComparison.OrdinalIgnoreCase)
                && (
                    schema.Length == 0
                    || string.Equals(relation.Name.Schema, schema, StringComparison.OrdinalIgnoreCase)
                )
                && (catalog.Length == 0 || string.Equals(catalog, warehouseCatalog, StringComparison.OrdinalIgnoreCase))
                && IsVisible(relation)
            )
            .ToList();

        // A model is meant before the raw table of the same name.
        if (found.Count > 1 && found.Count(relation => !relation.IsRaw) == 1)
        {
            found.RemoveAll(relation => relation.IsRaw);
        }

        return found switch
        {
            [var only] => only,
            [] => throw (
                QueryDiagnostics
                    .SqlTable.With(schema.Length == 0 ? name : $"{schema}.{name}")
                    .Suggesting(name, [.. VisibleNames()])
            ).ToException(),
            _ => throw QueryDiagnostics
                .SqlAmbiguousTable.With(name, string.Join(", ", found.Select(relation => relation.Name)))
                .ToException(),
        };
    }

    public TableTarget Target(ReachableRelation relation) =>
        policy.SeesWhole(relation.Name) ? new TableTarget(warehouseCatalog, relation.Name) : copyOf(relation);

    private bool IsVisible(ReachableRelation relation) => publication.IsVisible(relation, policy);

    private IEnumerable<string> VisibleNames() =>
        publication.Relations.Values.Where(IsVisible).Select(relation => relation.Name.Name);
}
