using Headwater.Kernel.Names;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Materializations;
using Headwater.Modeling.Publishing;
using Headwater.Warehouse.Results;

namespace Headwater.Modeling.Rendering;

/// <summary>What is in the database now, as the statement's transaction sees it.</summary>
internal static class RelationLookup
{
    public static ExistingRelation? Find(StatementRunner database, RelationName name) =>
        database.Publication?.Find(name) is { } known ? Noted(database, known) : Ask(database.Query, database, name);

    /// <summary>The same for the very relation that is being built.</summary>
    public static ExistingRelation? FindOwn(StatementRunner database, RelationName name) =>
        database.Publication?.Find(name) ?? Ask(database.Ask, database, name);

    public static IReadOnlyList<RelationColumn> Columns(StatementRunner database, RelationName name)
    {
        var engine = WarehouseEngine.Of(database.Warehouse.Dialect);
        if (name.Schema.Length == 0)
        {
            // A temporary table of the same transaction.
            return RelationColumn.Read(database.Query(engine.FindColumns(engine.Quote(name))));
        }

        if (Find(database, name) is not { } found)
        {
            return [];
        }

        var place = database.Publication?.Places.Of(found.Name) ?? found.Name;
        return RelationColumn.Read(database.Query(engine.FindColumns(engine.Quote(place))));
    }

    // What the build knows costs no query; what others made meanwhile, such as a hook, is looked for.
    private static ExistingRelation? Ask(
        Func<string, object?[], ResultTable> ask,
        StatementRunner database,
        RelationName name
    )
    {
        var engine = WarehouseEngine.Of(database.Warehouse.Dialect);
        return RelationCatalog.Relations(ask(engine.FindRelation, [name.Schema, name.Name])).FirstOrDefault();
    }

    private static ExistingRelation Noted(StatementRunner database, ExistingRelation known)
    {
        database.Remember();
        return known;
    }
}
