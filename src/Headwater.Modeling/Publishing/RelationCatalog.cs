using Headwater.Kernel.Names;
using Headwater.Modeling.Engines;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Modeling.Publishing;

/// <summary>
/// The relations that were there when the build began, and what it has done to them: read once, because looking takes longer the more
/// there are. For one build, one caller at a time.
/// </summary>
internal sealed class RelationCatalog(WarehouseEngine engine)
{
    private readonly Dictionary<RelationName, ExistingRelation> _relations = [];

    public ExistingRelation? Find(RelationName name) => _relations.GetValueOrDefault(name);

    public void Put(ExistingRelation relation) => _relations[relation.Name] = relation;

    public void Remove(RelationName name) => _relations.Remove(name);

    /// <summary>Reads the relations of schemas.</summary>
    public async ValueTask LoadAsync(
        IWarehouseConnection connection,
        IReadOnlyCollection<string> schemas,
        CancellationToken cancellationToken
    )
    {
        if (schemas.Count == 0)
        {
            return;
        }

        var table = await connection.QueryAsync(engine.FindRelations(schemas), cancellationToken);
        foreach (var relation in Relations(table))
        {
            Put(relation);
        }
    }

    /// <summary>Looks for one relation again, where something other than the build's own statements may have made or dropped it.</summary>
    public async ValueTask<ExistingRelation?> LookAsync(
        IWarehouseConnection connection,
        RelationName name,
        CancellationToken cancellationToken
    )
    {
        var command = new SqlCommand(engine.FindRelation, [new SqlParameter(name.Schema), new SqlParameter(name.Name)]);
        return Relations(await connection.QueryAsync(command, cancellationToken)).FirstOrDefault();
    }

    /// <summary>The rows of <see cref="WarehouseEngine.FindRelations"/>.</summary>
    public static IEnumerable<ExistingRelation> Relations(ResultTable table)
    {
        for (var row = 0L; row < table.RowCount; row++)
        {
            yield return new ExistingRelation(
                new RelationName((string)table.Value(row, 0)!, (string)table.Value(row, 1)!),
                WarehouseEngine.KindOf((string)table.Value(row, 2)!),
                Convert.ToInt64(table.Value(row, 3), System.Globalization.CultureInfo.InvariantCulture),
                (bool)table.Value(row, 4)!
            );
        }
    }
}
