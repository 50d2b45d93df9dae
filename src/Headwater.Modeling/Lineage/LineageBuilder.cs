using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Sql;
using Headwater.Sql.Dialects;
using Headwater.Sql.Lineage;
using Headwater.Sql.Resolution;
using Headwater.Sql.Syntax;

namespace Headwater.Modeling.Lineage;

/// <summary>SQL that makes a relation.</summary>
/// <param name="Node">The model or snapshot.</param>
/// <param name="Sql">Its compiled query, ephemeral models included.</param>
/// <param name="Columns">The columns that it has in the warehouse; null while nobody has looked.</param>
internal sealed record CompiledRelation(RelationNode Node, string Sql, IReadOnlyList<string>? Columns);

/// <summary>
/// Traces the columns of relations to those that their queries read. What is not understood is said in <see cref="RelationLineage.Gaps"/>, never
/// passed over. For one caller at a time.
/// </summary>
/// <param name="columnsOf">The columns, as far as they are known, of relations that are not among those traced.</param>
internal sealed class LineageBuilder(SqlDialect dialect, Func<RelationName, IReadOnlyList<string>?> columnsOf)
{
    private const int MostGaps = 5;

    private readonly Func<RelationName, IReadOnlyList<string>?> _columnsOf = columnsOf;
    private readonly Dictionary<RelationName, IReadOnlyList<string>?> _made = [];

    /// <summary>
    /// Traces relations, given in the order in which they are built: on all processors, as far as their columns are known beforehand.
    /// </summary>
    public IReadOnlyList<RelationLineage> Trace(IReadOnlyList<CompiledRelation> relations)
    {
        var parsed = new ParsedQuery[relations.Count];
        var traced = new RelationLineage[relations.Count];
        foreach (var relation in relations.Where(relation => relation.Columns is not null))
        {
            _made[relation.Node.Relation] = relation.Columns;
        }

        // What is not in the warehouse has the columns that its query gives, and those wait for the queries before it.
        var allKnown = relations.All(relation => relation.Columns is not null);
        Parallel.For(
            0,
            relations.Count,
            index =>
            {
                parsed[index] = SqlParser.ParseQuery(relations[index].Sql, dialect);
                if (allKnown)
                {
                    traced[index] = Trace(relations[index], parsed[index]);
                }
            }
        );
        for (var index = 0; index < relations.Count && !allKnown; index++)
        {
            traced[index] = Trace(relations[index], parsed[index]);
        }

        return traced;
    }

    private RelationLineage Trace(CompiledRelation relation, ParsedQuery parsed)
    {
        var name = relation.Node.Relation;
        if (parsed.Query is null)
        {
            if (relation.Columns is null)
            {
                _made[name] = null;
            }

            return new RelationLineage(
                name,
                relation.Node.UniqueId,
                [.. (relation.Columns ?? []).Select(column => new LineageColumn(column, [], Complete: false))],
                [],
                [Gap(parsed.Error!.Diagnostic)]
            );
        }

        if (relation.Columns is null && ReadsItself(parsed.Query, name))
        {
            // Its old rows have the columns that its query gives.
            _made[name] = null;
            _made[name] = [.. Resolve(parsed.Query).Lineage.Columns.Select(column => column.Name)];
        }

        var (lineage, relations) = Resolve(parsed.Query);
        var columns = lineage.Columns.Select(column => Column(column, name, relations)).ToList();
        if (relation.Node is SnapshotNode snapshot)
        {
            columns.AddRange(SnapshotColumns.Of(snapshot, columns));
        }

        var gaps = lineage.Errors.Take(MostGaps).Select(error => Gap(error.In(relation.Sql))).ToList();
        if (lineage.HasUnknownColumns)
        {
            gaps.Add(ModelingDiagnostics.UnknownStar.With().Message);
        }

        if (relation.Columns is { } there)
        {
            columns = Fitted(columns, there, gaps);
        }
        else
        {
            _made[name] = lineage.HasUnknownColumns ? null : [.. columns.Select(column => column.Name)];
        }

        if (gaps.Count == 0 && (!lineage.Complete || columns.Exists(column => !column.Complete)))
        {
            gaps.Add(ModelingDiagnostics.UnclearColumns.With().Message);
        }

        return new RelationLineage(
            name,
            relation.Node.UniqueId,
            columns,
            [
                .. lineage
                    .Filters.Select(column => Name(column, relations))
                    .Where(column => column.Relation != name)
                    .Distinct()
                    .OrderBy(column => column.ToString(), StringComparer.OrdinalIgnoreCase),
            ],
            gaps
        );
    }

    // The warehouse knows the names of columns best: those without an alias, and those of a pivot. A table that grew has them in another order, and
    // may have some that its query no longer gives.
    private static List<LineageColumn> Fitted(
        List<LineageColumn> columns,
        IReadOnlyList<string> there,
        List<string> gaps
    )
    {
        var byName = columns
            .DistinctBy(column => column.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase);
        var fitted = new List<LineageColumn>(there.Count);
        foreach (var (index, name) in there.Index())
        {
            if (byName.TryGetValue(name, out var found) || columns.Count == there.Count)
            {
                fitted.Add((found ?? columns[index]) with { Name = name });
                continue;
            }

            fitted.Add(new LineageColumn(name, [], Complete: false));
            if (gaps.Count < MostGaps)
            {
                gaps.Add(ModelingDiagnostics.ColumnNotOfQuery.With(name).Message);
            }
        }

        return fitted;
    }

    private (ColumnLineage Lineage, Dictionary<string, RelationName> Relations) Resolve(Query query)
    {
        var schemas = new Schemas(this);
        return (ColumnLineage.Of(query, schemas, dialect), schemas.Relations);
    }

    private bool ReadsItself(Query query, RelationName name) =>
        SqlReferences.Of(query).Relations.Any(read => RelationOf(read) == name);

    private RelationName RelationOf(QualifiedName name) =>
        name.Parts.Count > 1
            ? new RelationName(name.Parts[^2].Text, name.Name.Text)
            : new RelationName(dialect is DuckDbDialect ? "main" : "public", name.Name.Text);

    // What a relation takes from its own old rows was made in the same way: it says nothing new.
    private static LineageColumn Column(
        OutputColumn column,
        RelationName self,
        Dictionary<string, RelationName> relations
    ) =>
        new(
            column.Name,
            [
                .. column
                    .Sources.Inputs.Select(input => new LineageInput(Name(input.Key, relations), input.Value))
                    .Where(input => input.Column.Relation != self)
                    .OrderBy(input => input.Column.ToString(), StringComparer.OrdinalIgnoreCase),
            ],
            column.Sources.Complete
        );

    private static ColumnName Name(SourceColumn column, Dictionary<string, RelationName> relations) =>
        new(relations[column.Relation], column.Column);

    private static string Gap(Kernel.Diagnostics.Diagnostic diagnostic) =>
        $"{diagnostic.Code} in line {diagnostic.Location?.Line}, column {diagnostic.Location?.Column} of the compiled SQL: {diagnostic.Message}";

    /// <summary>What a query of the project sees.</summary>
    private sealed class Schemas(LineageBuilder builder) : ISchemaLookup
    {
        public Dictionary<string, RelationName> Relations { get; } = new(StringComparer.OrdinalIgnoreCase);

        public RelationSchema? Find(QualifiedName name)
        {
            var relation = builder.RelationOf(name);
            var key = relation.ToString();
            Relations[key] = relation;
            return new RelationSchema(
                key,
                builder._made.TryGetValue(relation, out var made) ? made : builder._columnsOf(relation)
            );
        }
    }
}
