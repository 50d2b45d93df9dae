using Headwater.Modeling.Graph;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>How a node becomes a table or view. One kind is one class.</summary>
internal interface IMaterialization
{
    /// <summary>The value of the config <c>materialized</c>.</summary>
    string Name { get; }

    /// <summary>Checks the statement without its data, and leaves an empty relation of the right columns for those that read it.</summary>
    ValueTask CheckAsync(MaterializationJob job, CancellationToken cancellationToken);

    /// <summary>Builds the relation.</summary>
    /// <returns>Rows written; null for a view.</returns>
    ValueTask<long?> BuildAsync(MaterializationJob job, CancellationToken cancellationToken);
}

/// <summary>One node to build, on the connection of its transaction.</summary>
/// <param name="Sql">The compiled SQL; empty for a seed.</param>
/// <param name="FullRefresh">Whether incremental models start anew.</param>
/// <param name="SpoolFolder">The folder that the engine may read files from.</param>
internal sealed record MaterializationJob(
    IWarehouseConnection Connection,
    SqlDialect Dialect,
    RelationNode Node,
    string Sql,
    bool FullRefresh,
    string SpoolFolder
)
{
    /// <summary>Runs a statement around the compiled SQL. Where the engine names a place, it is counted from the start of that SQL.</summary>
    public async ValueTask<long> ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        try
        {
            return await Connection.ExecuteAsync(statement, cancellationToken);
        }
        catch (WarehouseException failure) when (failure.Position is { } position)
        {
            var start = Sql.Length == 0 ? -1 : statement.IndexOf(Sql, StringComparison.Ordinal);
            int? inSql = start >= 0 && position >= start ? position - start : null;
            throw new WarehouseException(failure.Failure, failure.Message, inSql, failure);
        }
    }

    public string QuotedName => $"{Dialect.Quote(Node.Relation.Schema)}.{Dialect.Quote(Node.Relation.Name)}";
}
