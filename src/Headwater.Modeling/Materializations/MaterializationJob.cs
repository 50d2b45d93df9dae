using Headwater.Jinja.Values;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Publishing;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>One node to build, in its transaction.</summary>
/// <param name="Run">The build.</param>
/// <param name="Publication">The transaction.</param>
/// <param name="Node">The node.</param>
/// <param name="Sql">The compiled SQL; empty for a seed.</param>
/// <param name="Compiler">Renders what belongs to the node.</param>
/// <param name="Progress">Where to say how far it has come.</param>
internal sealed record MaterializationJob(
    BuildRun Run,
    Publication Publication,
    RelationNode Node,
    string Sql,
    NodeCompiler Compiler,
    NodeProgress Progress
)
{
    public IWarehouseConnection Connection => Publication.Connection;

    public WarehouseEngine Engine => Publication.Engine;

    /// <summary>Whether incremental models start anew.</summary>
    public bool FullRefresh => Node.Config.Flag("full_refresh") ?? Run.Options.FullRefresh;

    public string QuotedName => Engine.Quote(Node.Relation);

    public TableOptions TableOptions => new(Empty: Run.Options.Empty, Unlogged: Node.Config.Flag("unlogged") ?? false);

    /// <summary>The entries of the config <c>indexes</c>.</summary>
    public IReadOnlyList<IndexConfig> Indexes =>
        [
            .. (Node.Config["indexes"] as JinjaList ?? new JinjaList())
                .Items.OfType<JinjaDict>()
                .Select(index => new IndexConfig(
                    [.. (index["columns"] as JinjaList ?? new JinjaList()).Items.Select(Text.Str)],
                    index.TryGet("unique", out var unique) && unique is true,
                    index.TryGet("type", out var type) && type is not null ? Text.Str(type) : null
                )),
        ];

    /// <summary>
    /// Makes the relation anew, in place of what stands under its name. Readers keep what they had until the transaction commits.
    /// </summary>
    /// <param name="kind">What it becomes.</param>
    /// <param name="statements">The statements that make it, given the quoted name to make it under.</param>
    /// <returns>Rows changed by the last statement.</returns>
    public async ValueTask<long> ReplaceAsync(
        RelationKind kind,
        Func<string, IEnumerable<string>> statements,
        CancellationToken cancellationToken
    )
    {
        var place = await Publication.PlaceAsync(Node.Relation, cancellationToken);
        var rows = 0L;
        foreach (var statement in statements(Engine.Quote(place)))
        {
            rows = await ExecuteAsync(statement, cancellationToken);
        }

        await Publication.TakePlaceAsync(Node.Relation, place, kind, cancellationToken);
        return rows;
    }

    /// <summary>Runs a statement around the compiled SQL. Where the engine names a place, it is counted from the start of that SQL.</summary>
    public ValueTask<long> ExecuteAsync(string statement, CancellationToken cancellationToken) =>
        ExecuteAsync(statement, Sql, cancellationToken);

    /// <summary>The same around some other SQL of the node, such as that of one batch.</summary>
    public async ValueTask<long> ExecuteAsync(string statement, string sql, CancellationToken cancellationToken)
    {
        try
        {
            return await Connection.ExecuteAsync(statement, cancellationToken);
        }
        catch (WarehouseException failure) when (failure.Position is { } position)
        {
            var start = sql.Length == 0 ? -1 : statement.IndexOf(sql, StringComparison.Ordinal);
            int? inSql = start >= 0 && position >= start ? position - start : null;
            throw new WarehouseException(failure.Failure, failure.Message, inSql, failure);
        }
    }

    /// <summary>The columns of a relation, temporary ones included, in order.</summary>
    public async ValueTask<IReadOnlyList<RelationColumn>> ColumnsAsync(
        Kernel.Names.RelationName name,
        CancellationToken cancellationToken
    )
    {
        var quoted = Engine.Quote(Publication.Places.Of(name));
        return RelationColumn.Read(await Connection.QueryAsync(Engine.FindColumns(quoted), cancellationToken));
    }

    /// <summary>The columns that a query gives, in order. The query does not run.</summary>
    public async ValueTask<IReadOnlyList<RelationColumn>> DescribeAsync(
        string query,
        CancellationToken cancellationToken
    ) => await Connection.DescribeAsync(Engine, query, cancellationToken);

    /// <summary>Rows of a table that was just made: counted again only where the engine does not say.</summary>
    public ValueTask<long> RowsMadeAsync(long said, CancellationToken cancellationToken) =>
        Engine.CountsRowsMade ? ValueTask.FromResult(said) : CountAsync(cancellationToken);

    /// <summary>Rows of the relation.</summary>
    public async ValueTask<long> CountAsync(CancellationToken cancellationToken)
    {
        var table = await Connection.QueryAsync($"SELECT count(*) FROM {QuotedName}", cancellationToken);
        return (long)table.Value(0, 0)!;
    }
}
