using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Publishing;

/// <summary>
/// One transaction of a build: where the relations that it makes stand, what becomes of those that they replace, and how all of them
/// become visible in one moment. One class an engine. For one caller at a time.
/// </summary>
internal abstract class Publication
{
    private readonly Dictionary<RelationName, ExistingRelation?> _changes = [];
    private readonly List<Change> _log = [];
    private readonly List<KeptRelation> _kept = [];
    private readonly HashSet<RelationName> _keptNames = [];

    protected Publication(BuildRun run, IWarehouseConnection connection)
    {
        Run = run;
        Published = connection;
        Connection = new PlacedConnection(connection, new RelationPlaces(run.Warehouse.Catalog), run.Engine.Quote);
    }

    /// <summary>What everything of the transaction runs on.</summary>
    public IWarehouseConnection Connection { get; }

    public WarehouseEngine Engine => Run.Engine;

    public RelationPlaces Places => ((PlacedConnection)Connection).Places;

    /// <summary>Puts a comment at each statement that follows.</summary>
    /// <param name="comment">Its text; null for none.</param>
    /// <param name="isLast">True to put it behind the statement.</param>
    public void CommentStatements(string? comment, bool isLast)
    {
        var placed = (PlacedConnection)Connection;
        var text = comment is null ? "" : $"/* {comment.Replace("*/", "", StringComparison.Ordinal).Trim()} */";
        placed.Prefix = isLast || text.Length == 0 ? "" : text + "\n";
        placed.Suffix = isLast && text.Length > 0 ? "\n" + text : "";
    }

    protected BuildRun Run { get; }

    /// <summary>The connection on which names mean what is published.</summary>
    protected IWarehouseConnection Published { get; }

    /// <summary>What the transaction has put aside, newest last.</summary>
    protected IReadOnlyList<KeptRelation> Kept => _kept;

    public static Publication Of(BuildRun run, IWarehouseConnection connection) =>
        run.Engine.StagesRelations ? new StagedPublication(run, connection) : new DirectPublication(run, connection);

    /// <summary>What stands under a name, as this transaction sees it; null if nothing.</summary>
    public ExistingRelation? Find(RelationName name) =>
        _changes.TryGetValue(name, out var changed) ? changed : Run.Relations.Find(name);

    public virtual ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        Forget();
        return Published.BeginAsync(cancellationToken);
    }

    /// <summary>Where to make a relation that is to stand under a name. What stands there now stays as it is.</summary>
    public abstract ValueTask<RelationName> PlaceAsync(RelationName name, CancellationToken cancellationToken);

    /// <summary>From now on, within the transaction, the name means what was made in its place; what stood there is kept or dropped.</summary>
    public abstract ValueTask TakePlaceAsync(
        RelationName name,
        RelationName made,
        RelationKind kind,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Before rows of a published table are changed in its place: keeps a copy, if that is cheap. Before its columns are changed, too.
    /// </summary>
    public abstract ValueTask ChangeAsync(RelationName name, bool changesColumns, CancellationToken cancellationToken);

    /// <summary>Takes a relation away, as a template asks: what was published stays for readers until the commit.</summary>
    public abstract ValueTask DropAsync(RelationName name, CancellationToken cancellationToken);

    /// <summary>Gives a relation another name, as a template asks; what stands there makes way.</summary>
    public abstract ValueTask RenameAsync(RelationName from, RelationName to, CancellationToken cancellationToken);

    /// <summary>Looks what stands under a name after statements ran that this class does not know.</summary>
    public async ValueTask LookAgainAsync(RelationName name, CancellationToken cancellationToken)
    {
        var found = await Run.Relations.LookAsync(Published, Places.Of(name), cancellationToken);
        Note(name, found is null ? null : found with { Name = Run.Relations.Find(name)?.Name ?? name });
    }

    /// <summary>Makes visible what was built, and commits.</summary>
    public abstract ValueTask CommitAsync(IReadOnlyList<RelationNode> built, CancellationToken cancellationToken);

    /// <summary>Marks a point to which the work of one node can be taken back; nothing where the engine has no savepoints.</summary>
    public async ValueTask<NodeMark> MarkAsync(CancellationToken cancellationToken)
    {
        if (Engine.HasSavepoints)
        {
            await Published.ExecuteAsync("SAVEPOINT node", cancellationToken);
        }

        return new NodeMark(_kept.Count, _log.Count);
    }

    /// <summary>Takes back what was done since the mark. Only where the engine has savepoints.</summary>
    public virtual async ValueTask TakeBackAsync(NodeMark mark, CancellationToken cancellationToken)
    {
        await Published.ExecuteAsync("ROLLBACK TO SAVEPOINT node; RELEASE SAVEPOINT node", cancellationToken);
        foreach (var kept in _kept[mark.Kept..])
        {
            _keptNames.Remove(kept.Name);
        }

        _kept.RemoveRange(mark.Kept, _kept.Count - mark.Kept);
        while (_log.Count > mark.Changes)
        {
            _log[^1].Undo(_changes, Places);
            _log.RemoveAt(_log.Count - 1);
        }
    }

    public ValueTask ReleaseAsync(CancellationToken cancellationToken) =>
        Engine.HasSavepoints
            ? Discarded(Published.ExecuteAsync("RELEASE SAVEPOINT node", cancellationToken))
            : ValueTask.CompletedTask;

    public async ValueTask AbandonAsync()
    {
        await Transactions.AbandonAsync(Published);
        Forget();
    }

    protected void Note(RelationName name, ExistingRelation? relation)
    {
        var isNew = !_changes.TryGetValue(name, out var before);
        _log.Add(new Change(name, isNew, before));
        _changes[name] = relation;
    }

    /// <summary>True the first time that this build, in whatever transaction, changes the relation: only then it is the state before the build.</summary>
    protected bool IsFirstChange(RelationName name) =>
        Run.KeepsPrevious && !Run.IsLasting(name) && !Run.Changed.Contains(name) && !_keptNames.Contains(name);

    protected void Keep(KeptRelation kept)
    {
        _kept.Add(kept);
        _keptNames.Add(kept.Name);
    }

    /// <summary>After the commit: what the transaction saw is what is there.</summary>
    protected void Settle()
    {
        foreach (var (name, relation) in _changes)
        {
            if (relation is null)
            {
                Run.Relations.Remove(name);
            }
            else
            {
                Run.Relations.Put(relation with { Name = name });
            }

            if (!Run.IsLasting(name))
            {
                Run.Changed.Add(name);
            }
        }

        Forget();
    }

    private void Forget()
    {
        _changes.Clear();
        _log.Clear();
        _kept.Clear();
        _keptNames.Clear();
        Places.Clear();
    }

    private static async ValueTask Discarded(ValueTask<long> task) => await task;

    private sealed record Change(RelationName Name, bool IsNew, ExistingRelation? Before)
    {
        public void Undo(Dictionary<RelationName, ExistingRelation?> changes, RelationPlaces places)
        {
            if (IsNew)
            {
                changes.Remove(Name);
                places.Forget(Name);
            }
            else
            {
                changes[Name] = Before;
            }
        }
    }
}

/// <summary>A point in a transaction: how much was put aside and changed before it.</summary>
internal sealed record NodeMark(int Kept, int Changes);
