using System.Text;
using Headwater.Kernel.Names;
using Headwater.Metrics;
using Headwater.Sql;
using Headwater.Sql.Dialects;

namespace Headwater.Query.Paging;

/// <summary>
/// Writes the statement of one page: the rows behind a place in a total order, read only if every table has the version that the walk began with. One
/// statement sees one state of the database, so that what it gives is of those versions.
/// </summary>
internal sealed class PageSql(SqlDialect dialect, IReadOnlyList<OrderedColumn> order)
{
    private const string Place = "__hw_place";
    private const string Type = "__hw_type";

    /// <summary>The columns behind those of the question: a value and a type for each of the order, and the count of rows, one more than the page if there are more.</summary>
    public int ExtraColumns => 2 * order.Count + 1;

    public SqlText Write(
        SqlText question,
        int size,
        IReadOnlyList<PlaceValue>? after,
        IReadOnlyList<RelationVersion> versions
    )
    {
        var parameters = new List<object?>(question.Parameters);
        var places = order.Select(
            (column, index) =>
                $", {dialect.AsText($"p.{Quoted(column)}")} AS {Place}{index}, {TypeOf($"p.{Quoted(column)}")} AS {Type}{index}"
        );
        var text = new StringBuilder("SELECT q.*, count(*) OVER () AS __hw_count FROM (SELECT p.*")
            .AppendJoin("", places)
            .Append("\nFROM (")
            .Append(question.Text)
            .Append("\n) AS p\nWHERE ")
            .Append(Guard(versions));
        if (after is not null)
        {
            text.Append("\nAND (").Append(Behind(after, parameters)).Append(')');
        }

        text.Append(Ordered("p")).Append("\nLIMIT ").Append(size + 1).Append(") AS q").Append(Ordered("q"));
        return new SqlText(text.Append("\nLIMIT ").Append(size).ToString(), parameters);
    }

    /// <summary>Whether every table has the version that is meant: one row, one truth value.</summary>
    public static SqlText Check(IReadOnlyList<RelationVersion> versions) => new($"SELECT {Guard(versions)}", []);

    private static string Guard(IReadOnlyList<RelationVersion> versions)
    {
        const string table = "_headwater.relation_versions";
        var (known, unknown) = (
            versions.Where(read => read.Version > 0).ToList(),
            versions.Where(read => read.Version == 0).ToList()
        );
        var parts = new List<string> { "true" };
        if (known.Count > 0)
        {
            var rows = known.Select(read =>
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"({Named(read.Relation)} AND version = {read.Version})"
                )
            );
            parts.Add($"(SELECT count(*) FROM {table} WHERE {string.Join(" OR ", rows)}) = {known.Count}");
        }

        if (unknown.Count > 0)
        {
            parts.Add(
                $"(SELECT count(*) FROM {table} WHERE {string.Join(" OR ", unknown.Select(read => $"({Named(read.Relation)})"))}) = 0"
            );
        }

        return string.Join(" AND ", parts);
    }

    private static string Named(RelationName relation) =>
        $"schema_name = {Literal(relation.Schema)} AND relation_name = {Literal(relation.Name)}";

    private static string Literal(string text) => DuckDbDialect.Instance.Literal(text.ToLowerInvariant());

    // (a behind A) or (a = A and b behind B) or …; empty values come last in both directions.
    private string Behind(IReadOnlyList<PlaceValue> place, List<object?> parameters)
    {
        var alternatives = new List<string>();
        var equal = new List<string>();
        for (var index = 0; index < order.Count; index++)
        {
            var column = $"p.{Quoted(order[index])}";
            if (place[index].Text is not { } text)
            {
                // Nothing is behind an empty value.
                equal.Add($"{column} IS NULL");
                continue;
            }

            parameters.Add(text);
            var value = $"CAST({dialect.AsText($"${parameters.Count}")} AS {place[index].Type})";
            var behind = $"({column} {(order[index].Descending ? '<' : '>')} {value} OR {column} IS NULL)";
            alternatives.Add(string.Join(" AND ", equal.Append(behind)));
            equal.Add($"{column} = {value}");
        }

        return alternatives.Count == 0 ? "false" : string.Join(" OR ", alternatives.Select(all => $"({all})"));
    }

    private string Ordered(string alias) =>
        order.Count == 0
            ? ""
            : "\nORDER BY "
                + string.Join(
                    ", ",
                    order.Select(column =>
                        $"{alias}.{Quoted(column)} {(column.Descending ? "DESC" : "ASC")} NULLS LAST"
                    )
                );

    private string TypeOf(string column) =>
        dialect == PostgresDialect.Instance ? $"CAST(pg_typeof({column}) AS text)" : $"typeof({column})";

    private string Quoted(OrderedColumn column) => dialect.Quote(column.Name);
}
