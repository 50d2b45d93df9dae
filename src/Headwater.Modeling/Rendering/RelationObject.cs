using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Sql.Dialects;

namespace Headwater.Modeling.Rendering;

/// <summary>
/// A table or view as templates see it. Printed, it is its name in three parts, each quoted as its node's <c>quoting</c> says.
/// </summary>
internal sealed record RelationObject(
    string? Database,
    string? Schema,
    string? Identifier,
    string? Type,
    SqlDialect Dialect
) : IJinjaObject, IJinjaTruth, IJinjaMapping
{
    private static readonly ParameterList Parts = ParameterList.Of("database?", "schema?", "identifier?");

    public bool IncludesDatabase { get; init; } = true;

    public bool IncludesSchema { get; init; } = true;

    public bool IncludesIdentifier { get; init; } = true;

    public QuotingPolicy Quotes { get; init; } = QuotingPolicy.All;

    /// <summary>What is printed instead of a name: an ephemeral model's place in the query that reads it.</summary>
    public string? Inline { get; init; }

    public bool IsTrue => true;

    public RelationName Name => new(Schema ?? "", Identifier ?? "");

    public static RelationObject Of(RelationName name, string catalog, SqlDialect dialect, string? type = null) =>
        new(catalog, name.Schema, name.Name, type, dialect);

    /// <summary>The relation of a node, in its own database or else in the target's.</summary>
    public static RelationObject Of(RelationNode node, string catalog, SqlDialect dialect, string? type = null) =>
        new(node.Database ?? catalog, node.Relation.Schema, node.Relation.Name, type, dialect)
        {
            Quotes = node.Quoting,
        };

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "database" => Database,
            "schema" => Schema,
            "identifier" or "table" or "name" => Identifier,
            "type" => Type,
            // What packages tell a relation by.
            "metadata" => new JinjaDict([
                KeyValuePair.Create(
                    "type",
                    (object?)(Dialect.Name == "duckdb" ? "DuckDBRelation" : "PostgresRelation")
                ),
            ]),
            "get" => new NativeFunction(
                name,
                ParameterList.Of("key", "default?"),
                call => TryGetAttribute(call.Text(0), out var found) ? found : call.Value(1)
            ),
            "is_table" => Type == "table",
            "is_view" => Type == "view",
            "is_cte" => Inline is not null,
            "is_materialized_view" => false,
            "is_replaceable" or "can_be_replaced" => true,
            "render" => new NativeFunction(name, ParameterList.None, _ => ToString()),
            "include" => new NativeFunction(name, Parts, Include),
            "quote" => new NativeFunction(name, Parts, Quote),
            "incorporate" => new NativeFunction(name, ParameterList.Of("path?", "type?"), Incorporate),
            "replace_path" => new NativeFunction(name, Parts, call => Path(call)),
            "without_identifier" => new NativeFunction(
                name,
                ParameterList.None,
                _ => this with { IncludesIdentifier = false }
            ),
            "information_schema" => new NativeFunction(
                name,
                ParameterList.Of("view?"),
                call => "information_schema" + (call.Has(0) ? "." + call.Text(0) : "")
            ),
            _ => null,
        };
        return value is not null || name is "database" or "schema" or "identifier" or "type";
    }

    public override string ToString()
    {
        if (Inline is not null)
        {
            return Inline;
        }

        var parts = new List<string>(3);
        Add(IncludesDatabase, Database, Quotes.Database);
        Add(IncludesSchema, Schema, Quotes.Schema);
        Add(IncludesIdentifier, Identifier, Quotes.Identifier);
        return string.Join('.', parts);

        void Add(bool included, string? part, bool quoted)
        {
            if (included && !string.IsNullOrEmpty(part))
            {
                parts.Add(quoted ? Dialect.Quote(part) : part);
            }
        }
    }

    private RelationObject Include(NativeCall call) =>
        this with
        {
            IncludesDatabase = call.Flag(0, IncludesDatabase),
            IncludesSchema = call.Flag(1, IncludesSchema),
            IncludesIdentifier = call.Flag(2, IncludesIdentifier),
        };

    private RelationObject Quote(NativeCall call) =>
        this with
        {
            Quotes = new QuotingPolicy(
                call.Flag(0, Quotes.Database),
                call.Flag(1, Quotes.Schema),
                call.Flag(2, Quotes.Identifier)
            ),
        };

    private RelationObject Path(NativeCall call) =>
        this with
        {
            Database = call.Has(0) ? call.OptionalText(0) : Database,
            Schema = call.Has(1) ? call.OptionalText(1) : Schema,
            Identifier = call.Has(2) ? call.OptionalText(2) : Identifier,
        };

    private RelationObject Incorporate(NativeCall call)
    {
        var path = call.Value(0) as JinjaDict ?? new JinjaDict();
        string? Part(string key, string? otherwise) => path.TryGet(key, out var part) ? part as string : otherwise;
        return this with
        {
            Database = Part("database", Database),
            Schema = Part("schema", Schema),
            Identifier = Part("identifier", Identifier),
            Type = call.Has(1) ? call.OptionalText(1) : Type,
        };
    }
}
