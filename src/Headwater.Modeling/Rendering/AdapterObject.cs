using Headwater.Jinja;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;
using Headwater.Kernel.Names;
using Headwater.Modeling.Engines;

namespace Headwater.Modeling.Rendering;

/// <summary><c>adapter.…</c>: dispatch of macros, and what templates ask of the database. While parsing the database is empty.</summary>
internal sealed class AdapterObject(RenderContext context) : IJinjaObject
{
    private static readonly ParameterList OneRelation = ParameterList.Of("relation");

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "dispatch" => new NativeFunction(
                name,
                ParameterList.Of("macro_name", "macro_namespace?", "packages?"),
                Dispatch
            ),
            "type" => new NativeFunction(name, ParameterList.None, _ => context.Project.Dialect.Name),
            "quote" => new NativeFunction(
                name,
                ParameterList.Of("identifier"),
                call => context.Project.Dialect.Quote(call.Text(0))
            ),
            "quote_as_configured" => new NativeFunction(
                name,
                ParameterList.Of("identifier", "quote_key?"),
                call => context.Project.Dialect.Quote(call.Text(0))
            ),
            "get_relation" => new NativeFunction(
                name,
                ParameterList.Of("database?", "schema?", "identifier?"),
                GetRelation
            ),
            "get_columns_in_relation" => new NativeFunction(name, OneRelation, GetColumns),
            "get_missing_columns" => new NativeFunction(
                name,
                ParameterList.Of("from_relation", "to_relation"),
                GetMissingColumns
            ),
            "check_schema_exists" => new NativeFunction(
                name,
                ParameterList.Of("database", "schema"),
                call => SchemaExists(call.Text(1))
            ),
            "create_schema" => new NativeFunction(
                name,
                OneRelation,
                call => Execute($"create schema if not exists {Quote(Relation(call, 0).Schema)}")
            ),
            "drop_schema" => new NativeFunction(
                name,
                OneRelation,
                call => Execute($"drop schema if exists {Quote(Relation(call, 0).Schema)} cascade")
            ),
            "drop_relation" => new NativeFunction(name, OneRelation, call => Drop(Relation(call, 0))),
            "truncate_relation" => new NativeFunction(
                name,
                OneRelation,
                call => Execute($"delete from {Relation(call, 0)}")
            ),
            "rename_relation" => new NativeFunction(name, ParameterList.Of("from_relation", "to_relation"), Rename),
            "execute" => new NativeFunction(
                name,
                ParameterList.Of("sql", "auto_begin?", "fetch?", "limit?"),
                RunStatement
            ),
            "cache_new" or "cache_added" or "commit" or "clear_transaction" => new NativeFunction(name, null, _ => ""),
            "config" => context.Node.Config,
            "submit_python_job" => PythonModels.Refusal,
            _ => AdapterListing.Of(name, context),
        };
        return value is not null;
    }

    /// <summary>The first of PACKAGE.ADAPTER__name and PACKAGE.default__name along the search order of the namespace.</summary>
    private object? Dispatch(NativeCall call)
    {
        var name = call.Text(0);
        var space = call.OptionalText(1);
        string[] prefixes = [context.Project.Dialect.Name + "__", "default__"];
        string?[] packages = space is null ? [null] : [.. context.Project.SearchOrder(space)];
        foreach (var package in packages)
        {
            foreach (var prefix in prefixes)
            {
                var found = package is null
                    ? context.FindMacro(prefix + name, context.Node.Package)
                    : context.Bind(context.Project.Macros.InPackage(package, prefix + name));
                if (found is not null)
                {
                    return found;
                }
            }
        }

        throw new JinjaFault(
            ModelingDiagnostics.UnknownMacro.With(name) with
            {
                Hint =
                    $"looked for {string.Join(" and ", prefixes.Select(prefix => prefix + name))} in {string.Join(", ", packages.Select(package => package ?? "all packages"))}",
            }
        );
    }

    private object? GetRelation(NativeCall call)
    {
        if (context.Database is not { } database || call.OptionalText(2) is not { } identifier)
        {
            return null;
        }

        var name = new RelationName(call.OptionalText(1) ?? "", identifier);
        var existing =
            name == context.Node.This?.Name
                ? RelationLookup.FindOwn(database, name)
                : RelationLookup.Find(database, name);
        return existing is { } found
            ? RelationObject.Of(
                found.Name,
                context.Project.Catalog,
                context.Project.Dialect,
                WarehouseEngine.TypeOf(found.Kind)
            )
            : null;
    }

    private object? GetColumns(NativeCall call) => new JinjaList(Columns(Relation(call, 0)));

    private IEnumerable<ColumnObject> Columns(RelationObject relation) =>
        context.Database is { } database
            ? RelationLookup
                .Columns(database, relation.Name)
                .Select(column => ColumnObject.Of(column.Name, column.Type, context.Project.Dialect))
            : [];

    private object? GetMissingColumns(NativeCall call)
    {
        var there = Columns(Relation(call, 1))
            .Select(column => column.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new JinjaList(Columns(Relation(call, 0)).Where(column => !there.Contains(column.Name)));
    }

    private bool SchemaExists(string schema) =>
        context
            .Database?.Query("SELECT 1 FROM information_schema.schemata WHERE lower(schema_name) = lower($1)", schema)
            .RowCount > 0;

    private object? Drop(RelationObject relation)
    {
        if (context.Database is not { } database || RelationLookup.Find(database, relation.Name) is not { } found)
        {
            return "";
        }

        if (database.Publication?.Find(found.Name) is not null)
        {
            database.Change((publication, token) => publication.DropAsync(found.Name, token));
            return "";
        }

        return Execute($"drop {WarehouseEngine.Word(found.Kind)} if exists {relation}");
    }

    private object? Rename(NativeCall call)
    {
        var (from, to) = (Relation(call, 0), Relation(call, 1));
        if (context.Database is not { Publication: not null } database)
        {
            return Execute($"alter {from.Type ?? "table"} {from} rename to {Quote(to.Identifier)}");
        }

        database.Change(
            async (publication, token) =>
            {
                if (publication.Find(from.Name) is null)
                {
                    await publication.LookAgainAsync(from.Name, token);
                }

                await publication.RenameAsync(from.Name, to.Name, token);
            }
        );
        return "";
    }

    private object? RunStatement(NativeCall call)
    {
        var table = context.Database is { } database
            ? new QueryResultObject(database.Query(call.Text(0)))
            : QueryResultObject.Empty;
        return JinjaTuple.Of("OK", table);
    }

    private object? Execute(string sql)
    {
        context.Database?.Query(sql);
        return "";
    }

    private string Quote(string? identifier) => context.Project.Dialect.Quote(identifier ?? "");

    private static RelationObject Relation(NativeCall call, int index) =>
        call.Value(index) as RelationObject
        ?? throw RefFunction.Wrong($"expected a relation, got {Text.Repr(call.Value(index))}");
}
