using Headwater.Kernel.Names;
using Headwater.Modeling.Engines;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Publishing;

/// <summary>A view that reads a relation that is exchanged, and is not exchanged itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Query">Its query, all names with their schemas.</param>
/// <param name="Options">Its storage options, such as <c>security_barrier=true</c>; empty if none.</param>
internal sealed record DependentView(RelationName Name, string Query, string Options)
{
    // Made again in its place, the view keeps its rights and what reads it.
    public string Statement(PostgresEngine engine) =>
        $"CREATE OR REPLACE VIEW {engine.Quote(Name)}{(Options.Length > 0 ? $" WITH ({Options})" : "")} AS {Query}";
}

/// <summary>
/// Finds the views that depend on what a transaction replaces: an engine that binds views to the relation, not to its name, would leave
/// them with the old one.
/// </summary>
internal static class DependentViews
{
    /// <summary>The views outside the transaction. Materialized ones keep their rows, and the old relation with them.</summary>
    public static async ValueTask<IReadOnlyList<DependentView>> FindAsync(
        IWarehouseConnection connection,
        PostgresEngine engine,
        IReadOnlyList<Exchange> exchanges,
        CancellationToken cancellationToken
    )
    {
        if (exchanges.Count == 0)
        {
            return [];
        }

        var names = RelationExchange.Names(engine, exchanges);
        // With an empty path every name in the query is written with its schema.
        await connection.ExecuteAsync("SAVEPOINT path; SET LOCAL search_path = ''", cancellationToken);
        var table = await connection.QueryAsync(
            $"""
            SELECT DISTINCT n.nspname::text, v.relname::text, pg_catalog.pg_get_viewdef(v.oid),
              coalesce(pg_catalog.array_to_string(v.reloptions, ', '), '')
            FROM pg_catalog.pg_depend AS d
            JOIN pg_catalog.pg_rewrite AS r ON r.oid = d.objid AND d.classid = 'pg_catalog.pg_rewrite'::regclass
            JOIN pg_catalog.pg_class AS v ON v.oid = r.ev_class AND v.relkind = 'v'
            JOIN pg_catalog.pg_namespace AS n ON n.oid = v.relnamespace
            JOIN pg_catalog.pg_class AS t ON t.oid = d.refobjid AND d.refclassid = 'pg_catalog.pg_class'::regclass AND t.oid <> v.oid
            JOIN pg_catalog.pg_namespace AS s ON s.oid = t.relnamespace
            WHERE (s.nspname::text, t.relname::text) IN ({names})
              AND (n.nspname::text, v.relname::text) NOT IN ({names}) AND n.nspname NOT LIKE '\_headwater\_%'
            """,
            cancellationToken
        );
        await connection.ExecuteAsync("ROLLBACK TO SAVEPOINT path; RELEASE SAVEPOINT path", cancellationToken);
        var views = new List<DependentView>();
        for (var row = 0L; row < table.RowCount; row++)
        {
            views.Add(
                new DependentView(
                    new RelationName((string)table.Value(row, 0)!, (string)table.Value(row, 1)!),
                    ((string)table.Value(row, 2)!).TrimEnd().TrimEnd(';'),
                    (string)table.Value(row, 3)!
                )
            );
        }

        return views;
    }
}
