using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;
using Headwater.Sql.Dialects;

namespace Headwater.Modeling.Rendering;

/// <summary><c>api.Relation.create(…)</c> and <c>api.Column(…)</c>.</summary>
internal sealed class ApiObject(RenderContext context) : IJinjaObject
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "Relation" => new RelationFactory(context),
            "Column" => new ColumnFactory(context),
            _ => null,
        };
        return value is not null;
    }

    private sealed class RelationFactory(RenderContext context) : IJinjaObject
    {
        public bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "create" => new NativeFunction(
                    name,
                    ParameterList.Of(
                        "database?",
                        "schema?",
                        "identifier?",
                        "type?",
                        "quote_policy?",
                        "include_policy?"
                    ),
                    call => new RelationObject(
                        call.OptionalText(0) ?? context.Project.Catalog,
                        call.OptionalText(1),
                        call.OptionalText(2),
                        call.OptionalText(3),
                        context.Project.Dialect
                    )
                ),
                "View" => "view",
                "Table" => "table",
                "CTE" => "cte",
                "External" => "external",
                _ => null,
            };
            return value is not null;
        }
    }

    private sealed class ColumnFactory(RenderContext context) : IJinjaCallable, IJinjaObject
    {
        private static readonly ParameterList Parameters = ParameterList.Of(
            "column",
            "dtype?",
            "char_size?",
            "numeric_precision?",
            "numeric_scale?"
        );

        public object? Call(Jinja.Evaluation.CallContext callContext, Jinja.Evaluation.Arguments arguments) =>
            new NativeFunction(
                "Column",
                Parameters,
                call => ColumnObject.Of(call.Text(0), call.Text(1, "varchar"), context.Project.Dialect)
            ).Call(callContext, arguments);

        public bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "create" => new NativeFunction(
                    name,
                    ParameterList.Of("name", "label_or_dtype"),
                    call =>
                        ColumnObject.Of(
                            call.Text(0),
                            Translated(call.Text(1), context.Project.Dialect),
                            context.Project.Dialect
                        )
                ),
                "translate_type" => new NativeFunction(
                    name,
                    ParameterList.Of("dtype"),
                    call => Translated(call.Text(0), context.Project.Dialect)
                ),
                "string_type" => new NativeFunction(
                    name,
                    ParameterList.Of("size?"),
                    call => call.Has(0) ? $"character varying({Text.Str(call.Value(0))})" : "character varying"
                ),
                "numeric_type" => new NativeFunction(
                    name,
                    ParameterList.Of("dtype", "precision?", "scale?"),
                    call =>
                        call.Value(1) is null
                            ? call.Text(0)
                            : $"{call.Text(0)}({Text.Str(call.Value(1))},{Text.Str(call.Value(2))})"
                ),
                _ => null,
            };
            return value is not null;
        }

        // What dbt calls alike on all engines, as its adapters spell it. PostgreSQL's leaves all but texts as they are.
        private static string Translated(string type, SqlDialect dialect) =>
            type.ToUpperInvariant() switch
            {
                "STRING" => "TEXT",
                "TIMESTAMP" when dialect.Name == "duckdb" => "TIMESTAMP",
                "FLOAT" when dialect.Name == "duckdb" => "FLOAT",
                "INTEGER" when dialect.Name == "duckdb" => "INT",
                _ => type,
            };
    }
}
