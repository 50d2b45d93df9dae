using Headwater.Modeling.Engines;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Modeling.Materializations;

/// <summary>A column that is there, with its type as the engine writes it.</summary>
internal sealed record RelationColumn(string Name, string Type)
{
    public bool IsCalled(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The rows of a query of columns.</summary>
    public static IReadOnlyList<RelationColumn> Read(ResultTable table)
    {
        var columns = new List<RelationColumn>();
        for (var row = 0L; row < table.RowCount; row++)
        {
            columns.Add(new RelationColumn((string)table.Value(row, 0)!, (string)table.Value(row, 1)!));
        }

        return columns;
    }
}

internal static class QueryDescriptions
{
    /// <summary>The columns that a query gives, in order. The query does not run.</summary>
    /// <exception cref="WarehouseException">The query is wrong; a place is counted from its start.</exception>
    public static async ValueTask<IReadOnlyList<RelationColumn>> DescribeAsync(
        this IWarehouseConnection connection,
        WarehouseEngine engine,
        string query,
        CancellationToken cancellationToken
    )
    {
        var description = engine.Describe(query);
        try
        {
            if (description.Before.Length > 0)
            {
                await connection.ExecuteAsync(description.Before, cancellationToken);
            }

            var columns = RelationColumn.Read(await connection.QueryAsync(description.Columns, cancellationToken));
            if (description.After.Length > 0)
            {
                await connection.ExecuteAsync(description.After, cancellationToken);
            }

            return columns;
        }
        catch (WarehouseException failure) when (failure.Position is { } position)
        {
            var whole = description.Before.Length > 0 ? description.Before : description.Columns;
            var start = whole.IndexOf(query, StringComparison.Ordinal);
            int? inQuery = position >= start ? position - start : null;
            throw new WarehouseException(failure.Failure, failure.Message, inQuery, failure);
        }
    }
}
