using System.Globalization;
using Headwater.Jinja.Values;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;

namespace Headwater.Modeling.UnitTests;

/// <summary>Rows of a unit test as SQL: literals, cast to the types of the relation that they stand for.</summary>
internal static class FixtureSql
{
    /// <summary>A query of the rows.</summary>
    /// <param name="columns">The columns and types of the relation; those that the rows leave out are null.</param>
    public static string Of(WarehouseEngine engine, UnitTestRows rows, IReadOnlyList<RelationColumn> columns) =>
        rows switch
        {
            UnitTestQuery query => query.Sql,
            UnitTestTable { Rows.Count: 0 } => $"SELECT {Values(engine, new JinjaDict(), columns)} WHERE 1 = 0",
            UnitTestTable table => string.Join(
                "\nUNION ALL\n",
                table.Rows.Select(row => $"SELECT {Values(engine, row, columns)}")
            ),
            _ => throw new NotSupportedException(rows.GetType().Name),
        };

    /// <summary>The columns that any row names, in order.</summary>
    public static IReadOnlyList<string> Names(UnitTestTable table) =>
        [
            .. table
                .Rows.SelectMany(row => row.Items.Select(pair => Text.Str(pair.Key)))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    private static string Values(WarehouseEngine engine, JinjaDict row, IReadOnlyList<RelationColumn> columns)
    {
        var given = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in row.Items)
        {
            given[Text.Str(key)] = value;
        }

        return string.Join(
            ", ",
            columns.Select(column =>
                $"CAST({Literal(engine, given.GetValueOrDefault(column.Name))} AS {column.Type}) AS {engine.Quote(column.Name)}"
            )
        );
    }

    private static string Literal(WarehouseEngine engine, object? value) =>
        value switch
        {
            null => "NULL",
            bool flag => flag ? "true" : "false",
            long or int or double or decimal => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            DateOnly date => engine.Dialect.Literal(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            DateTime time => engine.Dialect.Literal(
                time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)
            ),
            JinjaList or JinjaDict => engine.Dialect.Literal(Json.Write(value, sortKeys: false)),
            _ => engine.Dialect.Literal(Text.Str(value)),
        };
}
