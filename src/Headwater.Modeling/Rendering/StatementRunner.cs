using Headwater.Jinja;
using Headwater.Modeling.Publishing;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Modeling.Rendering;

/// <summary>
/// Runs the statements of templates (<c>run_query</c>, <c>adapter.get_columns_in_relation</c>) on the connection of the build, so that
/// they see its transaction. Templates render on a pool thread that may wait: this is the one place where code waits for the engine.
/// </summary>
internal sealed class StatementRunner(
    IWarehouse warehouse,
    IWarehouseConnection connection,
    CancellationToken cancellationToken
)
{
    /// <summary>On the connection of a build's transaction, whose relations stand elsewhere until they are published.</summary>
    public StatementRunner(IWarehouse warehouse, Publication publication, CancellationToken cancellationToken)
        : this(warehouse, publication.Connection, cancellationToken) => Publication = publication;

    /// <summary>The transaction that the statements belong to; null outside a build.</summary>
    public Publication? Publication { get; }

    public IWarehouse Warehouse { get; } = warehouse;

    /// <summary>True once a template asked the database something, so that its text may be another after other models are built.</summary>
    public bool WasUsed { get; private set; }

    /// <summary>Runs a statement whose answer depends on what was built before.</summary>
    public ResultTable Query(string sql, params object?[] parameters)
    {
        WasUsed = true;
        return Ask(sql, parameters);
    }

    /// <summary>Asks for what a build does not change until the asking node itself is built.</summary>
    public ResultTable Ask(string sql, params object?[] parameters)
    {
        try
        {
            var text = CatalogViews.WithoutCatalog(sql, Warehouse);
            var command = new SqlCommand(text, [.. parameters.Select(value => new SqlParameter(value))]);
#pragma warning disable VSTHRD002, CA2012 // Waits on a pool thread by design; see the class.
            return connection.QueryAsync(command, cancellationToken).AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002, CA2012
        }
        catch (WarehouseException failure)
        {
            throw new JinjaFault(ModelingDiagnostics.ModelSql.With("a query of a template", failure.Message));
        }
    }

    /// <summary>Changes what the build's transaction knows of, in step with it.</summary>
    public void Change(Func<Publication, CancellationToken, ValueTask> change)
    {
        WasUsed = true;
        try
        {
#pragma warning disable VSTHRD002, CA2012 // Waits on a pool thread by design; see the class.
            change(Publication!, cancellationToken).AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002, CA2012
        }
        catch (WarehouseException failure)
        {
            throw new JinjaFault(ModelingDiagnostics.ModelSql.With("a statement of a template", failure.Message));
        }
    }

    /// <summary>As if a statement had been run whose answer was known already.</summary>
    public void Remember() => WasUsed = true;

    public void Forget() => WasUsed = false;
}
