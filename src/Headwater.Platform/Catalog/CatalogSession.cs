using Headwater.DuckDb.Database;
using Headwater.DuckDb.Statements;
using Headwater.DuckDb.Types;

namespace Headwater.Platform.Catalog;

/// <summary>A connection to the catalog while one piece of work has it. For one thread.</summary>
internal sealed class CatalogSession(DuckDbConnection connection, CancellationToken cancellationToken)
{
    /// <summary>Runs one statement with parameters <c>$1</c> … and reads its rows.</summary>
    public List<T> Read<T>(string sql, Func<CatalogRow, T> map, params ReadOnlySpan<object?> parameters)
    {
        using var statement = Bound(sql, parameters);
        using var result = statement.Execute(cancellationToken);
        var rows = new List<T>();
        while (result.Fetch(cancellationToken) is { } chunk)
        {
            using (chunk)
            {
                rows.AddRange(CatalogRow.Read(chunk, result.Columns).Select(map));
            }
        }

        return rows;
    }

    /// <summary>Runs one statement that changes rows.</summary>
    /// <returns>How many it changed.</returns>
    public long Execute(string sql, params ReadOnlySpan<object?> parameters)
    {
        using var statement = Bound(sql, parameters);
        using var result = statement.Execute(cancellationToken);
        return result.RowsChanged;
    }

    /// <summary>Runs a script without parameters.</summary>
    public void Script(string sql) => connection.Execute(sql);

    private DuckDbStatement Bound(string sql, ReadOnlySpan<object?> parameters)
    {
        var statement = connection.Prepare(sql);
        try
        {
            for (var index = 0; index < parameters.Length; index++)
            {
                using var value = ToValue(parameters[index]);
                statement.Bind(index + 1, value);
            }

            return statement;
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    private static DuckDbValue ToValue(object? value) =>
        value switch
        {
            null => DuckDbValue.Null(),
            string text => DuckDbValue.Text(text),
            long number => DuckDbValue.Int64(number),
            int number => DuckDbValue.Int64(number),
            bool flag => DuckDbValue.Boolean(flag),
            DateTimeOffset time => DuckDbValue.TimestampTz(Micros(time)),
            string?[] texts => DuckDbValue.List(
                new DuckDbType(DuckDbTypeId.Varchar),
                texts.Select(text => text is null ? DuckDbValue.Null() : DuckDbValue.Text(text))
            ),
            long[] numbers => DuckDbValue.List(new DuckDbType(DuckDbTypeId.BigInt), numbers.Select(DuckDbValue.Int64)),
            bool[] flags => DuckDbValue.List(new DuckDbType(DuckDbTypeId.Boolean), flags.Select(DuckDbValue.Boolean)),
            DateTimeOffset[] times => DuckDbValue.List(
                new DuckDbType(DuckDbTypeId.TimestampTz),
                times.Select(time => DuckDbValue.TimestampTz(Micros(time)))
            ),
            _ => throw new NotSupportedException($"The catalog does not take {value.GetType().Name}."),
        };

    private static long Micros(DateTimeOffset time) =>
        (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
