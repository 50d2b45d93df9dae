using System.Globalization;
using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Publishing;

/// <summary>
/// Publication where readers keep their old state until the commit, whatever the transaction does: relations are exchanged at once. What
/// they replace is renamed beside them.
/// </summary>
internal sealed class DirectPublication(BuildRun run, IWarehouseConnection connection) : Publication(run, connection)
{
    public override ValueTask<RelationName> PlaceAsync(RelationName name, CancellationToken cancellationToken) =>
        // The query may read the very table that it replaces.
        ValueTask.FromResult(Find(name) is null ? name : Beside(name, "new"));

    public override async ValueTask TakePlaceAsync(
        RelationName name,
        RelationName made,
        RelationKind kind,
        CancellationToken cancellationToken
    )
    {
        var old = Find(name);
        if (old is not null)
        {
            await PutAsideAsync(name, old, cancellationToken);
        }
        else if (IsFirstChange(name))
        {
            Keep(new KeptRelation(name, null, null));
        }

        if (made != name)
        {
            await Published.ExecuteAsync(Engine.Rename(kind, Engine.Quote(made), name.Name), cancellationToken);
        }

        Note(name, new ExistingRelation(name, kind, -1, HasIndexes: false));
    }

    public override async ValueTask DropAsync(RelationName name, CancellationToken cancellationToken)
    {
        if (Find(name) is { } old)
        {
            await PutAsideAsync(name, old, cancellationToken);
            Note(name, null);
        }
    }

    public override async ValueTask RenameAsync(RelationName from, RelationName to, CancellationToken cancellationToken)
    {
        if (Find(from) is { } moved)
        {
            await DropAsync(to, cancellationToken);
            await Published.ExecuteAsync(
                Engine.Rename(moved.Kind, Engine.Quote(moved.Name), to.Name),
                cancellationToken
            );
            Note(from, null);
            Note(to, moved with { Name = to });
        }
    }

    public override async ValueTask ChangeAsync(
        RelationName name,
        bool changesColumns,
        CancellationToken cancellationToken
    )
    {
        if (Find(name) is { } old && IsFirstChange(name))
        {
            await CopyAsync(name, old, cancellationToken);
            Note(name, old);
        }
    }

    public override async ValueTask CommitAsync(IReadOnlyList<RelationNode> built, CancellationToken cancellationToken)
    {
        await Run.Generations.RecordAsync(Published, Run.Generation, built, Kept, cancellationToken);
        await Published.CommitAsync(cancellationToken);
        Settle();
    }

    private async ValueTask PutAsideAsync(RelationName name, ExistingRelation old, CancellationToken cancellationToken)
    {
        var quoted = Engine.Quote(old.Name);
        if (!IsFirstChange(name))
        {
            await Published.ExecuteAsync(WarehouseEngine.Drop(old.Kind, quoted), cancellationToken);
        }
        else if (old.HasIndexes)
        {
            // The engine does not rename a table with indexes.
            await CopyAsync(name, old, cancellationToken);
            await Published.ExecuteAsync(WarehouseEngine.Drop(old.Kind, quoted), cancellationToken);
        }
        else
        {
            var aside = Beside(name, Run.Generation.ToString(CultureInfo.InvariantCulture));
            await Published.ExecuteAsync(Engine.Rename(old.Kind, quoted, aside.Name), cancellationToken);
            Keep(new KeptRelation(name, old.Kind, aside));
        }
    }

    private async ValueTask CopyAsync(RelationName name, ExistingRelation old, CancellationToken cancellationToken)
    {
        var aside = Beside(name, Run.Generation.ToString(CultureInfo.InvariantCulture));
        var isCheap = old.Rows <= KeptRelation.CopyLimitRows;
        if (isCheap)
        {
            await Published.ExecuteAsync(
                Engine.CopyTable(Engine.Quote(old.Name), Engine.Quote(aside)),
                cancellationToken
            );
        }

        Keep(new KeptRelation(name, old.Kind, isCheap ? aside : null));
    }

    private static RelationName Beside(RelationName name, string mark) =>
        name with
        {
            Name = $"__headwater_{mark}__{name.Name}",
        };
}
