using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Publishing;

namespace Headwater.Modeling.Rendering;

/// <summary>What <c>adapter</c> lists and changes of the database, beside the single relations.</summary>
internal static class AdapterListing
{
    public static object? Of(string name, RenderContext context) =>
        name switch
        {
            "list_schemas" => new NativeFunction(name, ParameterList.Of("database?"), _ => Schemas(context)),
            "list_relations" => new NativeFunction(
                name,
                ParameterList.Of("database", "schema"),
                call => Relations(context, call.Text(1))
            ),
            "list_relations_without_caching" => new NativeFunction(
                name,
                ParameterList.Of("schema_relation"),
                call => Relations(context, (call.Value(0) as RelationObject)?.Schema ?? "")
            ),
            "expand_target_column_types" => new NativeFunction(
                name,
                ParameterList.Of("from_relation", "to_relation"),
                call => Expand(context, Relation(call, 0), Relation(call, 1))
            ),
            "verify_database" => new NativeFunction(name, ParameterList.Of("database"), _ => ""),
            "is_cancelable" => new NativeFunction(name, ParameterList.None, _ => true),
            "convert_type" => null,
            "Relation" or "Column" => new ApiObject(context).TryGetAttribute(name, out var value) ? value : null,
            _ => null,
        };

    private static JinjaList Schemas(RenderContext context)
    {
        var table = context.Database?.Query("SELECT schema_name FROM information_schema.schemata ORDER BY 1");
        return new JinjaList(
            Enumerable.Range(0, (int)(table?.RowCount ?? 0)).Select(row => table!.Value(row, 0)).Distinct()
        );
    }

    private static JinjaList Relations(RenderContext context, string schema)
    {
        if (context.Database is not { } database)
        {
            return new JinjaList();
        }

        var engine = WarehouseEngine.Of(context.Project.Dialect);
        return new JinjaList(
            RelationCatalog
                .Relations(database.Query(engine.FindRelations([schema])))
                .Select(found =>
                    (object?)
                        RelationObject.Of(
                            found.Name,
                            context.Project.Catalog,
                            context.Project.Dialect,
                            WarehouseEngine.TypeOf(found.Kind)
                        )
                )
        );
    }

    // Texts alone have a length that can be too short; DuckDB's have none.
    private static string Expand(RenderContext context, RelationObject from, RelationObject to)
    {
        if (context.Database is not { } database)
        {
            return "";
        }

        var wanted = RelationLookup
            .Columns(database, from.Name)
            .Select(column => ColumnObject.Of(column.Name, column.Type, context.Project.Dialect))
            .ToLookup(column => column.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var column in RelationLookup.Columns(database, to.Name))
        {
            var old = ColumnObject.Of(column.Name, column.Type, context.Project.Dialect);
            if (wanted[column.Name].FirstOrDefault() is { } other && old.IsNarrowerThan(other))
            {
                database.Query(
                    $"alter table {to} alter column {context.Project.Dialect.Quote(column.Name)} type {other.DataType}"
                );
            }
        }

        return "";
    }

    private static RelationObject Relation(NativeCall call, int index) =>
        call.Value(index) as RelationObject
        ?? throw RefFunction.Wrong($"expected a relation, got {Text.Repr(call.Value(index))}");
}
