using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Headwater.Query.UserSql.Grammar;

namespace Headwater.Query.UserSql.Rewriting;

/// <summary>
/// A rough upper bound of how large a single value can become inside a statement. The engine computes an expression for some 2,000 rows at once, outside
/// its memory limit and without looking whether it was told to stop: <c>replace(long, 'x', long)</c> alone can end the process. Columns of tables
/// count as <see cref="StatementLimits.AssumedText"/>; what was gathered over rows, as <see cref="StatementLimits.AssumedGathered"/>: that is
/// within the engine's own memory limit.
/// </summary>
internal sealed class ValueBound
{
    private const double Least = 16;
    private const int QuotationMarks = 2;

    /// <summary>Steps of a recursive query that are followed: doubling shows in them, adding does not.</summary>
    private const int Rounds = 12;

    /// <summary>Expressions looked at before a statement is refused: recursive queries inside recursive queries multiply.</summary>
    private const int MostWork = 500_000;

    /// <summary>Functions whose result holds all of their arguments.</summary>
    private static readonly FrozenSet<string> Joining = Set(
        """
        || concat list_concat list_cat array_concat array_cat list_append array_append list_prepend array_prepend list_value list_pack array_value row
        struct_pack struct_insert struct_concat map map_concat map_from_entries json_object json_array json_merge_patch list_zip array_zip
        """
    );

    /// <summary>Functions that write each character of their argument as several, at most.</summary>
    private static readonly FrozenDictionary<string, double> Widening = new Dictionary<string, double>
    {
        ["to_json"] = 2,
        ["json_quote"] = 2,
        ["row_to_json"] = 2,
        ["array_to_json"] = 2,
        ["json_pretty"] = 2,
        ["regexp_escape"] = 2,
        ["to_base64"] = 2,
        ["base64"] = 2,
        ["hex"] = 2,
        ["to_hex"] = 2,
        ["url_encode"] = 3,
        ["bin"] = 8,
        ["strftime"] = 32,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Replacing = Set("replace regexp_replace");

    private static readonly FrozenSet<string> Gathering = Set(
        """
        list array_agg string_agg listagg group_concat json_group_array json_group_object json_group_structure histogram histogram_exact
        approx_top_k bitstring_agg
        """
    );

    private static readonly FrozenSet<string> Lambdas = Set(
        "list_transform list_apply array_transform array_apply apply transform"
    );

    private static readonly FrozenSet<string> Separating = Set(
        "array_to_string list_aggr list_aggregate array_aggr array_aggregate aggregate"
    );

    private static readonly FrozenSet<string> Padding = Set("lpad rpad bitstring");

    /// <summary>Functions and operators whose result is a number, a date or a truth, however long their arguments are.</summary>
    private static readonly FrozenSet<string> Small = Set(
        """
        + - * / // % ** ^ & << >> ~~ !~~ ~~* !~~* ~~~ ^@ @> <@ && length len strlen char_length character_length array_length count sum avg mean median hash
        md5 sha1 sha256 strpos position instr contains starts_with ends_with prefix suffix regexp_matches regexp_full_match year month day date_trunc
        date_part date_diff datediff abs round floor ceil stddev variance corr row_number rank dense_rank count_star unicode ascii
        """
    );

    private readonly Dictionary<string, double> _commonTables = new(StringComparer.Ordinal);

    // Columns of the recursive query whose step is measured.
    private Dictionary<string, double> _columns = [];
    private int _work;

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW5108.</exception>
    public void Check(JsonObject query) => Query(query, Least);

    /// <param name="columns">What a column of the surrounding query can hold.</param>
    private double Query(JsonObject node, double columns)
    {
        foreach (var item in node["cte_map"]?["map"] as JsonArray ?? [])
        {
            CommonTable(item!.AsObject(), columns);
        }

        if (node["left"] is JsonObject left && node["right"] is JsonObject right)
        {
            return Math.Max(Math.Max(Query(left, columns), Query(right, columns)), Largest(node["modifiers"], columns));
        }

        var inner = Math.Max(columns, Table(node["from_table"] as JsonObject, columns));
        foreach (var part in (string[])["where_clause", "group_expressions", "having", "qualify", "modifiers"])
        {
            Largest(node[part], inner);
        }

        return Largest(node["select_list"], inner);
    }

    private void CommonTable(JsonObject item, double columns)
    {
        var name = item["key"]!.GetValue<string>();
        var body = item["value"]!["query"]!["node"]!.AsObject();
        _commonTables[name] =
            body["type"]!.GetValue<string>() == "RECURSIVE_CTE_NODE"
                ? Recursive(name, item["value"]!.AsObject(), body, columns)
                : Query(body, columns);
    }

    // What a step adds is stopped between two steps; what it multiplies grows too fast for that, and shows within a few.
    private double Recursive(string name, JsonObject table, JsonObject body, double columns)
    {
        var first = Math.Max(Query(body["left"]!.AsObject(), columns), StatementLimits.AssumedText);
        var step = body["right"]!.AsObject();
        if (Items(body["left"]) is not { } left || Items(step) is not { } next || left.Count != next.Count)
        {
            // A step of several queries, or of a star: every column may hold what any of them holds.
            for (var round = 0; round < Rounds; round++)
            {
                _commonTables[name] = first;
                first = Math.Max(first, Query(step, columns));
            }

            return first;
        }

        var aliases = table["aliases"] as JsonArray ?? [];
        var names = left.Select((item, place) => NameOf(aliases, item!, place)).ToList();
        var outer = _columns;
        var sizes = names.Select(_ => first).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            _columns = names
                .Zip(sizes)
                .GroupBy(pair => pair.First, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(
                    group => group.Key,
                    group => group.Max(pair => pair.Second),
                    StringComparer.OrdinalIgnoreCase
                );
            _commonTables[name] = sizes.Max();
            Query(step, columns);
            var from = Math.Max(columns, Table(step["from_table"] as JsonObject, columns));
            sizes = [.. next.Select(item => Largest(item, from))];
        }

        _columns = outer;
        return Math.Max(first, sizes.Max());
    }

    private static JsonArray? Items(JsonNode? query) =>
        query?["select_list"] is JsonArray items && items.All(item => item!["class"]?.ToString() != "STAR")
            ? items
            : null;

    private static string NameOf(JsonArray aliases, JsonNode item, int place) =>
        place < aliases.Count ? aliases[place]!.GetValue<string>()
        : item["alias"]?.GetValue<string>() is { Length: > 0 } alias ? alias
        : (item["column_names"] as JsonArray)?.LastOrDefault()?.GetValue<string>() ?? "";

    private double Table(JsonObject? table, double columns) =>
        table?["type"]?.GetValue<string>() switch
        {
            "BASE_TABLE" => _commonTables.GetValueOrDefault(
                table["table_name"]!.GetValue<string>(),
                StatementLimits.AssumedText
            ),
            "SUBQUERY" => Query(table["subquery"]!["node"]!.AsObject(), columns),
            "JOIN" => Join(table, columns),
            "EXPRESSION_LIST" => Largest(table["values"], columns),
            "TABLE_FUNCTION" => Largest(table["function"], columns),
            _ => Least,
        };

    private double Join(JsonObject join, double columns)
    {
        var left = Table(join["left"]!.AsObject(), columns);
        var both = Math.Max(left, Table(join["right"]!.AsObject(), Math.Max(columns, left)));
        Largest(join["condition"], Math.Max(columns, both));
        return both;
    }

    /// <summary>The largest of the expressions in a part of the tree.</summary>
    private double Largest(JsonNode? node, double columns) =>
        node switch
        {
            JsonArray items => items.Aggregate(Least, (most, item) => Math.Max(most, Largest(item, columns))),
            JsonObject item when item.ContainsKey("select_list") || item.ContainsKey("setop_type") => Query(
                item,
                columns
            ),
            JsonObject item when item["class"] is JsonValue => Bounded(Expression(item, columns)),
            JsonObject item => item.Aggregate(
                Least,
                (most, property) => Math.Max(most, Largest(property.Value, columns))
            ),
            _ => Least,
        };

    private double Expression(JsonObject node, double columns)
    {
        if (++_work > MostWork)
        {
            throw QueryDiagnostics.SqlTooLarge.With("recursive queries inside recursive queries").ToException();
        }

        switch (node["class"]!.GetValue<string>())
        {
            case "CONSTANT":
                return Math.Max(1, (node["value"]?["value"]?.ToJsonString().Length ?? (int)Least) - QuotationMarks);
            case "COLUMN_REF"
                when _columns.TryGetValue(node["column_names"]!.AsArray()[^1]!.GetValue<string>(), out var known):
                return known;
            case "COLUMN_REF":
            case "POSITIONAL_REFERENCE":
            case "STAR":
                return Math.Max(columns, Largest(node["expr"], columns));
            case "CAST":
                // A list or record written as text quotes its texts.
                return Math.Max(Least, 1.5 * Largest(node["child"], columns));
            case "FUNCTION":
                return Function(node, columns);
            default:
                return node.Aggregate(Least, (most, property) => Math.Max(most, Largest(property.Value, columns)));
        }
    }

    private double Function(JsonObject node, double columns)
    {
        var name = node["function_name"]!.GetValue<string>();
        var arguments = node["children"]!.AsArray();
        if (
            Lambdas.Contains(name)
            && arguments is [{ } list, JsonObject lambda]
            && lambda["class"]?.ToString() == "LAMBDA"
        )
        {
            return Transformed(list, lambda, columns);
        }

        var sizes = arguments.Select(argument => Largest(argument, columns)).ToList();
        var most = sizes.DefaultIfEmpty(Least).Max();
        return name switch
        {
            _ when Small.Contains(name) => Least,
            _ when Joining.Contains(name) => sizes.Sum(),
            _ when Replacing.Contains(name) && sizes.Count > 2 => sizes[0] * Math.Max(1, sizes[2]),
            _ when Separating.Contains(name) && sizes.Count > 1 => sizes[0] * (1 + sizes[^1] / Least),
            _ when Gathering.Contains(name) => Math.Max(StatementLimits.AssumedGathered, most),
            // How long is an argument that is a small constant.
            _ when Padding.Contains(name) => Constant(arguments.ElementAtOrDefault(1)),
            "concat_ws" => sizes.Sum() + sizes.Count * sizes[0],
            _ => most * Widening.GetValueOrDefault(name, 1),
        };
    }

    // The list's own size counts what its elements hold; what the lambda adds to an element, it adds to each.
    private double Transformed(JsonNode list, JsonObject lambda, double columns)
    {
        var size = Largest(list, columns);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Collect(lambda["lhs"], names);
        var body = Largest(WithSmall(lambda["expr"]!, names), columns);
        return size * Math.Max(1, body / Least);
    }

    // A lambda's parameters as constants: an element is part of its list, which counts already.
    private static JsonNode WithSmall(JsonNode node, HashSet<string> names) =>
        node switch
        {
            JsonObject column
                when column["class"]?.ToString() == "COLUMN_REF"
                    && column["column_names"] is JsonArray and [{ } first, ..]
                    && names.Contains(first.GetValue<string>()) => new JsonObject { ["class"] = "CONSTANT" },
            JsonObject item => new JsonObject(
                item.Select(property =>
                    KeyValuePair.Create(property.Key, property.Value is null ? null : WithSmall(property.Value, names))
                )
            ),
            JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : WithSmall(item, names))]),
            _ => node.DeepClone(),
        };

    private static void Collect(JsonNode? node, HashSet<string> names)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items)
                {
                    Collect(item, names);
                }

                break;
            case JsonObject item when item["column_names"] is JsonArray and [{ } name]:
                names.Add(name.GetValue<string>());
                break;
            case JsonObject item:
                foreach (var (_, value) in item)
                {
                    Collect(value, names);
                }

                break;
        }
    }

    private static double Constant(JsonNode? node) =>
        double.TryParse(
            node?["value"]?["value"]?.ToJsonString(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var length
        )
            ? length
            : Least;

    private static double Bounded(double size) =>
        size <= StatementLimits.ValueSize
            ? size
            : throw QueryDiagnostics
                .SqlTooLarge.With("a value that it computes can become larger than the process can hold")
                .ToException();

    private static FrozenSet<string> Set(string names) =>
        names
            .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal);
}
