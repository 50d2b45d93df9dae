using Headwater.Kernel.Diagnostics;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Tables;

/// <summary>
/// The views that stand on a raw table, through others too. Some engines let no column under a view have another type: there the views are taken away and
/// put back, with owner, grants and comments, in the transaction of the change, so that nobody sees the table without them.
/// </summary>
internal sealed class StandingViews
{
    private readonly IWarehouseConnection _connection;
    private readonly string _table;
    private readonly IReadOnlyList<(string Name, string Restore)> _views;

    private StandingViews(
        IWarehouseConnection connection,
        string table,
        IReadOnlyList<(string Name, string Restore)> views
    )
    {
        _connection = connection;
        _table = table;
        _views = views;
    }

    /// <summary>Takes the views away.</summary>
    /// <param name="table">The table as SQL.</param>
    /// <exception cref="DiagnosticException">HW3020: a materialized view stands on it, which would have to be computed again.</exception>
    public static async ValueTask<StandingViews> RemoveAsync(
        IWarehouseConnection connection,
        RawDialect dialect,
        string table,
        CancellationToken cancellationToken
    )
    {
        var views = new List<(string Name, string Restore)>();
        if (dialect.ViewsQuery is { } query)
        {
            var found = await connection.QueryAsync(new SqlCommand(query, [new(table)]), cancellationToken);
            for (long row = 0; row < found.RowCount; row++)
            {
                var name = (string)found.Value(row, 0)!;
                views.Add(
                    found.Value(row, 1) is string restore
                        ? (name, restore)
                        : throw SourceDiagnostics.ViewInTheWay.With(table, name, "it is materialized").ToException()
                );
            }
        }

        if (views.Count > 0)
        {
            await connection.ExecuteAsync(
                $"DROP VIEW {string.Join(", ", views.Select(view => view.Name))}",
                cancellationToken
            );
        }

        return new StandingViews(connection, table, views);
    }

    /// <summary>Puts the views back.</summary>
    /// <exception cref="DiagnosticException">HW3020: one does not fit the changed table.</exception>
    public async ValueTask RestoreAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, restore) in _views)
        {
            try
            {
                await _connection.ExecuteAsync(restore, cancellationToken);
            }
            catch (WarehouseException problem) when (problem.Failure == WarehouseFailure.Statement)
            {
                throw SourceDiagnostics
                    .ViewInTheWay.With(_table, name, problem.Message.Split('\n')[0])
                    .ToException(problem);
            }
        }
    }
}
