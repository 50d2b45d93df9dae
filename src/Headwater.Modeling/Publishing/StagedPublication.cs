using System.Globalization;
using System.Text;
using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Publishing;

/// <summary>
/// Publication where a reader would wait for a transaction that replaces what it reads. What is new is made under its final name at once;
/// what replaces something is made in a schema of the transaction's own, and all of it changes places in one go just before the commit.
/// </summary>
internal sealed class StagedPublication(BuildRun run, IWarehouseConnection connection) : Publication(run, connection)
{
    private readonly HashSet<string> _schemas = new(StringComparer.Ordinal);
    private readonly HashSet<string> _staged = new(StringComparer.Ordinal);

    private PostgresEngine Postgres => (PostgresEngine)Engine;

    public override ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        _schemas.Clear();
        _staged.Clear();
        return base.BeginAsync(cancellationToken);
    }

    public override async ValueTask<RelationName> PlaceAsync(RelationName name, CancellationToken cancellationToken)
    {
        if (Find(name) is not { } old)
        {
            return name;
        }

        if (IsNew(name))
        {
            // Made by this very transaction: nobody can be reading it.
            await Published.ExecuteAsync(WarehouseEngine.Drop(old.Kind, Engine.Quote(name)), cancellationToken);
            return name;
        }

        var place = new RelationName(await SchemaAsync("staged", old.Name.Schema, cancellationToken), old.Name.Name);
        if (Places.Has(name))
        {
            await Published.ExecuteAsync(WarehouseEngine.Drop(old.Kind, Engine.Quote(place)), cancellationToken);
        }

        return place;
    }

    public override ValueTask TakePlaceAsync(
        RelationName name,
        RelationName made,
        RelationKind kind,
        CancellationToken cancellationToken
    )
    {
        if (made != name)
        {
            Places.Move(name, made.Schema);
        }
        else if (Find(name) is null && IsFirstChange(name))
        {
            Keep(new KeptRelation(name, null, null));
        }

        Note(name, new ExistingRelation(Run.Relations.Find(name)?.Name ?? name, kind, -1, HasIndexes: false));
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DropAsync(RelationName name, CancellationToken cancellationToken)
    {
        if (Find(name) is not { } old)
        {
            return;
        }

        if (IsNew(name) || Places.Has(name))
        {
            await Published.ExecuteAsync(
                WarehouseEngine.Drop(old.Kind, Engine.Quote(Places.Of(name))),
                cancellationToken
            );
        }
        else
        {
            Places.Move(name, await SchemaAsync("staged", old.Name.Schema, cancellationToken));
        }

        Note(name, null);
    }

    public override async ValueTask RenameAsync(RelationName from, RelationName to, CancellationToken cancellationToken)
    {
        if (Find(from) is not { } moved)
        {
            return;
        }

        if (!IsNew(from) && !Places.Has(from))
        {
            // What readers hold is not renamed: it makes way, and whoever renamed it will not find it again.
            await DropAsync(from, cancellationToken);
            return;
        }

        await DropAsync(to, cancellationToken);
        var place = Places.Of(from);
        var target = Places.Of(to);
        if (!string.Equals(place.Schema, target.Schema, StringComparison.OrdinalIgnoreCase))
        {
            await Published.ExecuteAsync(
                Postgres.Move(moved.Kind, Engine.Quote(place), target.Schema),
                cancellationToken
            );
        }

        await Published.ExecuteAsync(
            Engine.Rename(moved.Kind, Engine.Quote(target with { Name = place.Name }), to.Name),
            cancellationToken
        );
        Note(from, null);
        Note(to, moved with { Name = to });
    }

    public override async ValueTask ChangeAsync(
        RelationName name,
        bool changesColumns,
        CancellationToken cancellationToken
    )
    {
        if (Find(name) is not { } old || Places.Has(name) || IsNew(name))
        {
            return;
        }

        if (changesColumns)
        {
            // Readers would wait for whoever changes columns: a copy is changed, and takes the place at the end.
            var place = await PlaceAsync(name, cancellationToken);
            await Published.ExecuteAsync(
                Engine.CopyTable(Engine.Quote(old.Name), Engine.Quote(place)),
                cancellationToken
            );
            await TakePlaceAsync(name, place, old.Kind, cancellationToken);
        }
        else if (IsFirstChange(name))
        {
            await CopyAsync(name, old, cancellationToken);
            Note(name, old);
        }
    }

    public override ValueTask TakeBackAsync(NodeMark mark, CancellationToken cancellationToken)
    {
        // The schemas may go with it.
        _schemas.Clear();
        return base.TakeBackAsync(mark, cancellationToken);
    }

    public override async ValueTask CommitAsync(IReadOnlyList<RelationNode> built, CancellationToken cancellationToken)
    {
        var discarded = new List<KeptRelation>();
        var exchanges = new List<Exchange>();
        foreach (var name in Places.Moved)
        {
            var old = Run.Relations.Find(name)!;
            var made = Find(name);
            var schema = await SchemaAsync("kept", old.Name.Schema, cancellationToken);
            var aside = old.Name with { Schema = schema };
            exchanges.Add(new Exchange(old, made is null ? null : Places.Of(name), made?.Kind ?? old.Kind, aside));
            if (IsFirstChange(name))
            {
                Keep(new KeptRelation(name, old.Kind, aside));
            }
            else
            {
                discarded.Add(new KeptRelation(name, old.Kind, aside));
            }
        }

        await Run.Generations.DiscardAsync(Published, Run.Generation, discarded, cancellationToken);
        await Run.Generations.RecordAsync(Published, Run.Generation, built, Kept, cancellationToken);
        await new RelationExchange(Run, Postgres, Published).RunAsync(exchanges, cancellationToken);
        await DropStagedAsync(cancellationToken);
        await Published.CommitAsync(cancellationToken);
        Settle();
    }

    // Not there before this transaction.
    private bool IsNew(RelationName name) => Run.Relations.Find(name) is null;

    private async ValueTask CopyAsync(RelationName name, ExistingRelation old, CancellationToken cancellationToken)
    {
        if (old.Rows > KeptRelation.CopyLimitRows)
        {
            Keep(new KeptRelation(name, old.Kind, null));
            return;
        }

        var aside = new RelationName(await SchemaAsync("kept", old.Name.Schema, cancellationToken), old.Name.Name);
        await Published.ExecuteAsync(Engine.CopyTable(Engine.Quote(old.Name), Engine.Quote(aside)), cancellationToken);
        Keep(new KeptRelation(name, old.Kind, aside));
    }

    private async ValueTask<string> SchemaAsync(string purpose, string schema, CancellationToken cancellationToken)
    {
        var generation = Run.Generation.ToString(CultureInfo.InvariantCulture);
        var name = Engine.Fit($"_headwater_{generation}_{purpose}_{schema}");
        if (_schemas.Add(name))
        {
            await Published.ExecuteAsync(Engine.CreateSchema(name), cancellationToken);
        }

        if (purpose == "staged")
        {
            _staged.Add(name);
        }

        return name;
    }

    private async ValueTask DropStagedAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var schema in _staged)
        {
            text.Append("DROP SCHEMA IF EXISTS ").Append(Engine.Quote(schema)).Append(";\n");
        }

        if (text.Length > 0)
        {
            await Published.ExecuteAsync(text.ToString(), cancellationToken);
        }
    }
}

/// <summary>A relation that gives its place to another.</summary>
/// <param name="Old">What stands under the published name.</param>
/// <param name="Made">Where the new one is; null if none takes the place.</param>
/// <param name="Kind">What the new one is.</param>
/// <param name="Aside">Where the old one goes.</param>
internal sealed record Exchange(ExistingRelation Old, RelationName? Made, RelationKind Kind, RelationName Aside);
