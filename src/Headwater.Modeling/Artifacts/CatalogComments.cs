using Headwater.Kernel.Names;
using Headwater.Modeling.Engines;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Modeling.Artifacts;

/// <summary>What a database says of its relations and columns, and who owns them.</summary>
internal sealed class CatalogComments
{
    private readonly Dictionary<(RelationName Relation, string? Column), string> _comments = [];
    private readonly Dictionary<RelationName, string> _owners = [];

    /// <summary>Reads what is said of all relations of some schemas, in one query.</summary>
    public static async ValueTask<CatalogComments> ReadAsync(
        IWarehouseConnection connection,
        WarehouseEngine engine,
        IReadOnlyCollection<string> schemas,
        CancellationToken cancellationToken
    )
    {
        var found = new CatalogComments();
        if (schemas.Count > 0)
        {
            found.Add(await connection.QueryAsync(engine.FindComments(schemas), cancellationToken));
        }

        return found;
    }

    public string? OwnerOf(RelationName relation) => _owners.GetValueOrDefault(relation);

    /// <param name="column">The column; null for the relation itself.</param>
    public string? Of(RelationName relation, string? column) => _comments.GetValueOrDefault((relation, column));

    private void Add(ResultTable table)
    {
        for (var row = 0L; row < table.RowCount; row++)
        {
            var relation = new RelationName((string)table.Value(row, 0)!, (string)table.Value(row, 1)!);
            if (table.Value(row, 3) is string comment)
            {
                _comments[(relation, (string?)table.Value(row, 2))] = comment;
            }

            if (table.Value(row, 4) is string owner)
            {
                _owners[relation] = owner;
            }
        }
    }
}
