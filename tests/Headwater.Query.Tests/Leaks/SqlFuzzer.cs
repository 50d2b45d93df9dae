using System.Globalization;

namespace Headwater.Query.Tests.Leaks;

/// <summary>
/// Random SELECTs in the shapes that the gate admits: joins, common tables (also named like tables), subqueries wherever one may stand, lateral ones, set operations,
/// windows, casts and patterns that fail on some values.
/// </summary>
/// <param name="tables">Tables that may be named, with columns and their kinds.</param>
internal sealed class SqlFuzzer(Random random, IReadOnlyList<FuzzedTable> tables)
{
    private int _names;

    /// <summary>A query whose rows have one order: by something, then by every column.</summary>
    public string Query()
    {
        var (sql, columns) = Body(tables, depth: 3);
        var first = random.Next(3) == 0 ? "" : $"{Scalar([], tables, 2)}, ";
        var all = string.Join(", ", Enumerable.Range(1, columns.Count).Select(at => $"{at} NULLS LAST"));
        // The order of a whole set operation knows nothing but its columns.
        return
            sql.Contains(" UNION ", StringComparison.Ordinal)
            || sql.Contains(" INTERSECT ", StringComparison.Ordinal)
            || sql.Contains(" EXCEPT ", StringComparison.Ordinal)
            || sql.StartsWith("SELECT DISTINCT", StringComparison.Ordinal)
            ? $"{sql} ORDER BY {all}"
            : $"{sql} ORDER BY {first}{all}{(random.Next(4) == 0 ? " LIMIT 3" : "")}";
    }

    private (string Sql, IReadOnlyList<FuzzedColumn> Columns) Body(IReadOnlyList<FuzzedTable> scope, int depth)
    {
        if (depth > 1 && random.Next(3) == 0)
        {
            var (inner, columns) = Body(scope, depth - 1);
            // A common table may hide a table of its name.
            var name = random.Next(3) == 0 ? scope[random.Next(scope.Count)].Name : Name("c");
            var (outer, shown) = Body(
                [.. scope.Where(table => table.Name != name), new FuzzedTable(name, columns)],
                depth - 1
            );
            return ($"WITH {name} AS ({inner}) {outer}", shown);
        }

        if (depth > 1 && random.Next(5) == 0)
        {
            var word = Pick("UNION", "UNION ALL", "INTERSECT", "EXCEPT");
            var left = Texts(scope, depth - 1);
            var right = Texts(scope, depth - 1);
            return (
                $"SELECT t0, t1 FROM ({left}) AS {Name("s")} {word} SELECT t0, t1 FROM ({right}) AS {Name("s")}",
                [new FuzzedColumn("t0", 't'), new FuzzedColumn("t1", 't')]
            );
        }

        return Select(scope, depth);
    }

    private string Texts(IReadOnlyList<FuzzedTable> scope, int depth)
    {
        var (sql, columns) = Select(scope, depth);
        var name = Name("x");
        return $"SELECT CAST({name}.{columns[0].Name} AS VARCHAR) AS t0, CAST({name}.{columns[^1].Name} AS VARCHAR) AS t1 FROM ({sql}) AS {name}";
    }

    private (string Sql, IReadOnlyList<FuzzedColumn> Columns) Select(IReadOnlyList<FuzzedTable> scope, int depth)
    {
        var (from, columns) = From(scope, depth);
        var where = random.Next(2) == 0 ? $" WHERE {Condition(columns, scope, depth)}" : "";
        switch (random.Next(5))
        {
            case 0:
            {
                var key = Expression(columns, scope, depth);
                var having = random.Next(3) == 0 ? $" HAVING {Aggregate(columns)} >= {Scalar([], scope, depth)}" : "";
                return (
                    $"SELECT {key.Sql} AS k, {Aggregate(columns)} AS a, max({Text(columns)}) AS m FROM {from}{where} GROUP BY 1{having}",
                    [new FuzzedColumn("k", key.Kind), new FuzzedColumn("a", 'n'), new FuzzedColumn("m", 't')]
                );
            }
            case 1:
                return (
                    $"SELECT {Aggregate(columns)} AS a, string_agg({Text(columns)}, ',' ORDER BY {Text(columns)}, {Text(columns)}) AS l FROM {from}{where}",
                    [new FuzzedColumn("a", 'n'), new FuzzedColumn("l", 't')]
                );
            case 2:
            {
                var (by, over) = (Expression(columns, scope, 0), Expression(columns, scope, 0));
                return (
                    $"SELECT {Text(columns)} AS v, {Pick("rank()", "dense_rank()", "count(*)", $"max({Text(columns)})")} OVER (PARTITION BY {by.Sql} ORDER BY {over.Sql}) AS w FROM {from}{where}",
                    [new FuzzedColumn("v", 't'), new FuzzedColumn("w", 'x')]
                );
            }
            default:
            {
                var shown = Enumerable
                    .Range(0, random.Next(1, 4))
                    .Select(_ => Expression(columns, scope, depth))
                    .ToList();
                var list = string.Join(", ", shown.Select((item, at) => $"{item.Sql} AS e{at}"));
                return (
                    $"SELECT {(random.Next(5) == 0 ? "DISTINCT " : "")}{list} FROM {from}{where}",
                    [.. shown.Select((item, at) => new FuzzedColumn($"e{at}", item.Kind))]
                );
            }
        }
    }

    private (string Sql, IReadOnlyList<FuzzedColumn> Columns) From(IReadOnlyList<FuzzedTable> scope, int depth)
    {
        var (sql, columns) = Source(scope, depth);
        if (depth > 0 && random.Next(2) == 0)
        {
            if (random.Next(4) == 0)
            {
                var name = Name("l");
                var (inner, of) = Source(scope, 0);
                return (
                    $"{sql}, LATERAL (SELECT count(*) AS n, max({Text(of)}) AS m FROM {inner} WHERE {Text(of)} >= {Text(columns)}) AS {name}",
                    [.. columns, new FuzzedColumn($"{name}.n", 'n'), new FuzzedColumn($"{name}.m", 't')]
                );
            }

            var (right, more) = Source(scope, depth - 1);
            var word = Pick("JOIN", "LEFT JOIN", "FULL JOIN", "RIGHT JOIN");
            return (
                $"{sql} {word} {right} ON {Text(columns)} {Pick("=", "<", "=")} {Text(more)}",
                [.. columns, .. more]
            );
        }

        return (sql, columns);
    }

    private (string Sql, IReadOnlyList<FuzzedColumn> Columns) Source(IReadOnlyList<FuzzedTable> scope, int depth)
    {
        var alias = Name("a");
        if (depth > 0 && random.Next(4) == 0)
        {
            var (inner, shown) = Body(scope, depth - 1);
            return ($"({inner}) AS {alias}", Of(alias, shown));
        }

        var table = scope[random.Next(scope.Count)];
        return ($"{table.Name} AS {alias}", Of(alias, table.Columns));
    }

    private static List<FuzzedColumn> Of(string alias, IEnumerable<FuzzedColumn> columns) =>
        [.. columns.Select(column => column with { Name = $"{alias}.{column.Name}" })];

    private (string Sql, char Kind) Expression(
        IReadOnlyList<FuzzedColumn> columns,
        IReadOnlyList<FuzzedTable> scope,
        int depth
    )
    {
        switch (random.Next(depth > 0 ? 9 : 4))
        {
            case 0:
                return (Text(columns), 't');
            case 1:
                return ($"length({Text(columns)})", 'n');
            case 2:
                return ($"upper(substr({Text(columns)}, 1, {random.Next(1, 6)}))", 't');
            case 3:
                return ($"coalesce({Text(columns)}, 'none')", 't');
            case 4:
                // Fails on most texts.
                return ($"CAST({Text(columns)} AS INTEGER)", 'n');
            case 5:
                return ($"regexp_matches({Text(columns)}, '(' || {Text(columns)})", 'b');
            case 6:
                return ($"CASE WHEN {Condition(columns, scope, depth - 1)} THEN {Text(columns)} ELSE 'else' END", 't');
            case 7:
            {
                var (inner, of) = Source(scope, 0);
                return ($"EXISTS (SELECT 1 FROM {inner} WHERE {Text(of)} = {Text(columns)})", 'b');
            }
            default:
                return (Scalar(columns, scope, depth - 1), 't');
        }
    }

    /// <summary>A subquery with one value, perhaps about the row it stands in.</summary>
    private string Scalar(IReadOnlyList<FuzzedColumn> columns, IReadOnlyList<FuzzedTable> scope, int depth)
    {
        var (from, inner) = depth > 0 ? From(scope, depth - 1) : Source(scope, 0);
        var about = columns.Count > 0 && random.Next(2) == 0 ? $" WHERE {Text(inner)} <= {Text(columns)}" : "";
        return $"(SELECT {Pick("max", "min")}({Text(inner)}) FROM {from}{about})";
    }

    private string Condition(IReadOnlyList<FuzzedColumn> columns, IReadOnlyList<FuzzedTable> scope, int depth) =>
        random.Next(depth > 0 ? 7 : 4) switch
        {
            0 => $"{Text(columns)} {Pick("=", "<>", "<", ">=")} {Text(columns)}",
            1 => $"{Text(columns)} LIKE '{Pick("z%", "%q%", "%g_", "r%")}'",
            2 => $"{Text(columns)} IS {Pick("", "NOT ")}NULL",
            3 => $"{Text(columns)} IN ('red', 'green')",
            4 => $"NOT ({Condition(columns, scope, depth - 1)})",
            5 => $"{Text(columns)} {Pick("IN", "NOT IN")} ({Values(scope)})",
            _ => $"{Text(columns)} >= {Scalar(columns, scope, depth - 1)}",
        };

    private string Values(IReadOnlyList<FuzzedTable> scope)
    {
        var (from, columns) = Source(scope, 0);
        return $"SELECT {Text(columns)} FROM {from}";
    }

    private string Aggregate(IReadOnlyList<FuzzedColumn> columns) =>
        Pick(
            "count(*)",
            $"count(DISTINCT {Text(columns)})",
            $"count(*) FILTER (WHERE {Text(columns)} LIKE '%g%')",
            $"sum(length({Text(columns)}))"
        );

    // Everything as text: of what type a column is depends on its mask.
    private string Text(IReadOnlyList<FuzzedColumn> columns)
    {
        if (columns.Count == 0)
        {
            return "'red'";
        }

        var column = columns[random.Next(columns.Count)];
        return column.Kind == 't' ? column.Name : $"CAST({column.Name} AS VARCHAR)";
    }

    private string Name(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{_names++}");

    private string Pick(params string[] items) => items[random.Next(items.Length)];
}

/// <param name="Kind"><c>t</c> for a text.</param>
internal sealed record FuzzedColumn(string Name, char Kind);

internal sealed record FuzzedTable(string Name, IReadOnlyList<FuzzedColumn> Columns);
