using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary>The methods of an agate table. Each gives a new table and leaves its own as it is.</summary>
internal static class ResultTableMethods
{
    /// <summary>Python's order, with None after all else, as agate has it.</summary>
    public static Comparer<object?> NullsLast { get; } =
        Comparer<object?>.Create(
            static (left, right) =>
                left is null || right is null ? (left is null).CompareTo(right is null) : Operators.Compare(left, right)
        );

    /// <summary>The method of a table, or null if there is none of that name.</summary>
    public static NativeFunction? Find(string name, QueryResultObject table) =>
        name switch
        {
            "select" => new(name, ParameterList.Of("key"), call => Columns(table, Chosen(table, call))),
            "exclude" => new(
                name,
                ParameterList.Of("key"),
                call => Columns(table, Enumerable.Range(0, table.Names.Count).Except(Chosen(table, call)))
            ),
            "where" => new(name, ParameterList.Of("test"), call => Where(table, call)),
            "find" => new(
                name,
                ParameterList.Of("test"),
                call => Where(table, call).Rows is [var first, ..] ? first : null
            ),
            "order_by" => new(name, ParameterList.Of("key", "reverse?"), call => Ordered(table, call)),
            "limit" => new(name, ParameterList.Of("start_or_stop?", "stop?", "step?"), call => Limit(table, call)),
            "distinct" => new(
                name,
                ParameterList.Of("key?"),
                call => new QueryResultObject(table.Names, Groups(table, call).Select(group => group.Rows[0]))
            ),
            "group_by" => new(name, ParameterList.Of("key", "key_name?", "key_type?"), call => Grouped(table, call)),
            "rename" => new(
                name,
                ParameterList.Of("column_names?", "row_names?", "slug_columns?", "slug_rows?"),
                call => Renamed(table, call.Value(0))
            ),
            // A build has no terminal of its own to print to.
            "print_table" or "print_csv" or "print_json" => new(name, null, _ => ""),
            "to_csv" or "to_json" => new(
                name,
                null,
                _ => throw RefFunction.Wrong($"{name}() would write a file, which templates may not")
            ),
            _ => null,
        };

    private static IEnumerable<string> Texts(object? value) =>
        value is string text ? [text] : Iteration.Over(value).Select(Text.Str);

    private static int Place(QueryResultObject table, string column)
    {
        for (var place = 0; place < table.Names.Count; place++)
        {
            if (string.Equals(table.Names[place], column, StringComparison.OrdinalIgnoreCase))
            {
                return place;
            }
        }

        throw RefFunction.Wrong(
            $"the result has no column '{column}'; it has {string.Join(", ", table.Names.Select(name => $"'{name}'"))}"
        );
    }

    private static List<int> Chosen(QueryResultObject table, NativeCall call) =>
        [.. Texts(call.Value(0)).Select(column => Place(table, column))];

    private static QueryResultObject Columns(QueryResultObject table, IEnumerable<int> chosen)
    {
        var places = chosen.ToList();
        string[] names = [.. places.Select(place => table.Names[place])];
        return new QueryResultObject(
            names,
            table.Rows.Select(row => new ResultRow(names, [.. places.Select(place => row.Values[place])]))
        );
    }

    private static QueryResultObject Where(QueryResultObject table, NativeCall call) =>
        call.Value(0) is IJinjaCallable test
            ? new QueryResultObject(
                table.Names,
                table.Rows.Where(row => Operators.IsTrue(Result(test.Call(call.Context, Arguments.Of(row)))))
            )
            : throw RefFunction.Wrong("where() and find() take a function of a row, such as a macro");

    // By a function of the row, a column, several columns, or the whole row.
    private static Func<ResultRow, object?> Key(QueryResultObject table, NativeCall call)
    {
        if (call.Value(0) is IJinjaCallable key)
        {
            return row => Result(key.Call(call.Context, Arguments.Of(row)));
        }

        var places = call.Value(0) is null ? [.. Enumerable.Range(0, table.Names.Count)] : Chosen(table, call);
        return places is [var single]
            ? row => row.Values[single]
            : row => new JinjaTuple([.. places.Select(place => row.Values[place])]);
    }

    private static object? Result(object? value) => value is ReturnValue returned ? returned.Value : value;

    private static QueryResultObject Ordered(QueryResultObject table, NativeCall call)
    {
        var key = Key(table, call);
        var keyed = table.Rows.Select(row => (Row: row, Parts: Parts(key(row)))).ToList();
        var order = Comparer<IReadOnlyList<object?>>.Create(
            static (left, right) => left.Zip(right, NullsLast.Compare).FirstOrDefault(sign => sign != 0)
        );
        keyed =
        [
            .. call.Flag(1)
                ? keyed.OrderByDescending(item => item.Parts, order)
                : keyed.OrderBy(item => item.Parts, order),
        ];
        return new QueryResultObject(table.Names, keyed.Select(item => item.Row));
    }

    private static IReadOnlyList<object?> Parts(object? key) => key is JinjaTuple several ? several.Items : [key];

    private static QueryResultObject Limit(QueryResultObject table, NativeCall call)
    {
        var (start, stop) = call.Value(1) is null ? (0L, call.Value(0)) : (call.Integer(0), call.Value(1));
        var step = call.Value(2) is null ? 1 : Math.Max(1, call.Integer(2));
        var end = stop is long given ? given : table.Count;
        return new QueryResultObject(
            table.Names,
            table.Rows.Where((_, index) => index >= start && index < end && (index - start) % step == 0)
        );
    }

    private static JinjaDict Grouped(QueryResultObject table, NativeCall call)
    {
        var tables = new JinjaDict();
        foreach (var (key, rows) in Groups(table, call))
        {
            tables[key] = new QueryResultObject(table.Names, rows);
        }

        return tables;
    }

    // In the order in which the keys come first. A dict holds them, so that keys are equal as in Python.
    private static IEnumerable<(object? Key, List<ResultRow> Rows)> Groups(QueryResultObject table, NativeCall call)
    {
        var read = Key(table, call);
        var places = new JinjaDict();
        var groups = new List<(object? Key, List<ResultRow> Rows)>();
        foreach (var row in table.Rows)
        {
            var key = read(row);
            if (!places.TryGet(key, out var place))
            {
                place = groups.Count;
                places[key] = place;
                groups.Add((key, []));
            }

            groups[(int)place!].Rows.Add(row);
        }

        return groups;
    }

    // New names in order, or by the old ones.
    private static QueryResultObject Renamed(QueryResultObject table, object? names)
    {
        string[] renamed = names switch
        {
            null => [.. table.Names],
            JinjaDict dict =>
            [
                .. table.Names.Select(name => dict.TryGet(name, out var other) ? Text.Str(other) : name),
            ],
            _ => [.. Texts(names).Take(table.Names.Count)],
        };
        return renamed.Length < table.Names.Count
            ? throw RefFunction.Wrong($"rename() needs a name for each of the {table.Names.Count} columns")
            : new QueryResultObject(renamed, table.Rows.Select(row => new ResultRow(renamed, row.Values)));
    }
}
