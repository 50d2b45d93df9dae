using Headwater.Kernel.Names;
using Headwater.Sql;
using Headwater.Sql.Dialects;
using Headwater.Sql.Lineage;
using Headwater.Sql.Resolution;
using Headwater.Sql.Syntax;

namespace Headwater.Compat.Lineage;

/// <summary>A model with its lineage, or why it has none.</summary>
internal sealed record TracedModel(CompiledModel Model, Query? Query, ColumnLineage? Lineage, string? Problem)
{
    public static TracedModel Of(CompiledModel model, CompiledProject project)
    {
        SqlDialect dialect = project.Adapter == "duckdb" ? DuckDbDialect.Instance : PostgresDialect.Instance;
        var parsed = SqlParser.ParseQuery(model.Sql, dialect);
        if (parsed.Query is null)
        {
            return new TracedModel(model, null, null, parsed.Error!.Diagnostic.ToString());
        }

        var lineage = ColumnLineage.Of(parsed.Query, new Schemas(project), dialect);
        var problem =
            lineage.Complete ? null
            : lineage.Errors.Count > 0 ? lineage.Errors[0].In(model.Sql).ToString()
            : "something is not known";
        return new TracedModel(model, parsed.Query, lineage, problem);
    }

    /// <summary>The inputs of a column as <c>relation.column kind</c>, in order; null if there is no such column.</summary>
    public IReadOnlyList<string>? Inputs(string column) =>
        Lineage?.Columns.FirstOrDefault(own => own.Name == column) is { } found
            ?
            [
                .. found
                    .Sources.Inputs.Select(input =>
                        $"{input.Key.Relation[(input.Key.Relation.IndexOf('.', StringComparison.Ordinal) + 1)..]}.{input.Key.Column} {LineageJson.Word(input.Value)}"
                    )
                    .Order(StringComparer.Ordinal),
            ]
            : null;

    private sealed class Schemas(CompiledProject project) : ISchemaLookup
    {
        public RelationSchema? Find(QualifiedName name)
        {
            var relation = new RelationName(name.Parts.Count > 1 ? name.Parts[^2].Text : "public", name.Name.Text);
            return new RelationSchema(relation.ToString(), project.Columns.GetValueOrDefault(relation));
        }
    }
}
