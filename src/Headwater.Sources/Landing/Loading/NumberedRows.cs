using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Loading;

/// <summary>
/// Numbers the rows of a file in its order. A window over the file would do it on one thread, and read it on that one too; a temporary table that keeps
/// the order of the file has numbers already, and is filled and read by all threads.
/// </summary>
internal sealed class NumberedRows(IWarehouseConnection connection)
{
    private const string Name = "hw_numbered";

    /// <summary>A FROM clause over the rows.</summary>
    public static string From { get; } = $"FROM {Name}";

    /// <summary>Fills the table.</summary>
    /// <param name="values">SQL of the values, with names.</param>
    /// <param name="from">The FROM clause that they are read from.</param>
    /// <returns>SQL of a row's number, from 1 on.</returns>
    /// <exception cref="WarehouseException">The engine failed, or a value did not fit.</exception>
    public async ValueTask<string> FillAsync(
        IEnumerable<string> values,
        string from,
        CancellationToken cancellationToken
    )
    {
        await connection.ExecuteAsync(
            $"CREATE OR REPLACE TEMP TABLE {Name} AS SELECT {string.Join(", ", values)} {from}",
            cancellationToken
        );
        return $"rowid - {await FirstRowIdAsync(cancellationToken)} + 1";
    }

    /// <summary>Gives its room back.</summary>
    public async ValueTask DropAsync(CancellationToken cancellationToken) =>
        await connection.ExecuteAsync($"DROP TABLE {Name}", cancellationToken);

    // Rows of a transaction that is still open are numbered from a high number on, without gaps.
    private async ValueTask<long> FirstRowIdAsync(CancellationToken cancellationToken)
    {
        var numbers = await connection.QueryAsync(
            $"SELECT coalesce(min(rowid), 0), coalesce(max(rowid), -1), count(*) FROM {Name}",
            cancellationToken
        );
        var (first, last, count) = (numbers.Value(0, 0), numbers.Value(0, 1), numbers.Value(0, 2));
        return (long)last! - (long)first! + 1 == (long)count!
            ? (long)first
            : throw new InvalidOperationException("The engine numbers the rows of a new table with gaps.");
    }
}
