using Headwater.Kernel.Names;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Modeling.Publishing;

/// <summary>
/// A connection on which the published names of relations mean those that the running build made: models, tests, hooks and templates
/// need not know where these stand.
/// </summary>
internal sealed class PlacedConnection(IWarehouseConnection inner, RelationPlaces places, Func<string, string> quote)
    : IWarehouseConnection
{
    public RelationPlaces Places { get; } = places;

    /// <summary>Stands before each statement, so that the database's log says what ran it; empty for none.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Stands after each statement.</summary>
    public string Suffix { get; set; } = "";

    public ValueTask<long> ExecuteAsync(SqlCommand command, CancellationToken cancellationToken) =>
        RunAsync(command, static (inner, placed, token) => inner.ExecuteAsync(placed, token), cancellationToken);

    public ValueTask<IResultReader> ReadAsync(SqlCommand command, CancellationToken cancellationToken) =>
        RunAsync(command, static (inner, placed, token) => inner.ReadAsync(placed, token), cancellationToken);

    public ValueTask BeginAsync(CancellationToken cancellationToken) => inner.BeginAsync(cancellationToken);

    public ValueTask CommitAsync(CancellationToken cancellationToken) => inner.CommitAsync(cancellationToken);

    public ValueTask RollbackAsync(CancellationToken cancellationToken) => inner.RollbackAsync(cancellationToken);

    public ValueTask<long> AppendAsync(
        RelationName table,
        IAsyncEnumerable<Batch> batches,
        CancellationToken cancellationToken
    ) => inner.AppendAsync(Places.Of(table), batches, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async ValueTask<T> RunAsync<T>(
        SqlCommand command,
        Func<IWarehouseConnection, SqlCommand, CancellationToken, ValueTask<T>> run,
        CancellationToken cancellationToken
    )
    {
        var (prefix, suffix) = (Prefix, Suffix);
        var placed = PlacedSql.Of(command.Text, Places, quote);
        try
        {
            return await run(inner, command with { Text = prefix + placed.Text + suffix }, cancellationToken);
        }
        catch (WarehouseException failure) when (failure.Position is { } position)
        {
            throw new WarehouseException(
                failure.Failure,
                failure.Message,
                position < prefix.Length ? null : placed.Original(position - prefix.Length),
                failure.InnerException
            );
        }
    }
}
