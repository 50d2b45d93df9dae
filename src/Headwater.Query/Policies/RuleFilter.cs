using System.Text;
using Headwater.Kernel.Names;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Semantics;
using Headwater.Sql;
using Headwater.Sql.Dialects;
using Headwater.Sql.Masking;

namespace Headwater.Query.Policies;

/// <summary>
/// The rows of one table that row rules permit, as SQL. A rule reaches a table through the entities of its semantic model, by semi-joins, so that
/// no row is repeated; a table that a rule cannot reach is invisible.
/// </summary>
internal sealed class RuleFilter(MetricModel metrics, SqlDialect dialect)
{
    private readonly DimensionResolver _resolver = new(metrics);

    /// <summary>A SELECT of all columns of the permitted rows, those masked as they may be seen, or null if a rule does not reach the table.</summary>
    public SqlText? PermittedRows(RelationName relation, AccessRules access)
    {
        if (access.Rows.Count == 0 || access.IsUnrestricted(relation))
        {
            return Masked($"SELECT * FROM {Quoted(relation)}", [], relation, access.Masks);
        }

        // A table with several semantic models is reached if one of them reaches every rule.
        foreach (var model in metrics.Models.Where(model => model.Relation == relation))
        {
            var parameters = new List<object?>();
            var conditions = access.Rows.Select(rule => Condition(model, rule, parameters)).ToList();
            if (conditions.TrueForAll(condition => condition is not null))
            {
                var text = $"SELECT * FROM {Quoted(relation)} WHERE {string.Join(" AND ", conditions)}";
                return Masked(text, parameters, relation, access.Masks);
            }
        }

        return null;
    }

    // Around the filter: rules look at clear values.
    private SqlText Masked(string rows, List<object?> parameters, RelationName relation, IColumnMasks masks)
    {
        if (masks.Find(relation) is not { } masked)
        {
            return new SqlText(rows, parameters);
        }

        string? key = null;
        var columns = masked.Select(dialect, () => key ??= AddKey());
        return new SqlText($"SELECT {columns} FROM ({rows}) AS clear", parameters);

        string AddKey()
        {
            parameters.Add(masks.Key);
            return dialect.AsText($"${parameters.Count}");
        }
    }

    private string? Condition(SemanticModel model, RowRestriction rule, List<object?> parameters)
    {
        // A semi-join knows no time: a row of the past must not let in what the present forbids.
        if (_resolver.Resolve(model, rule.Dimension) is not { IsJoinedByKeysAlone: true } dimension)
        {
            return null;
        }

        parameters.Add(rule.Values);
        var condition = dialect.IsOneOf(dialect.AsText($"({dimension.Expression})"), $"${parameters.Count}");
        for (var step = dimension.Path.Count - 1; step >= 0; step--)
        {
            var join = dimension.Path[step];
            condition = new StringBuilder()
                .Append('(')
                .Append(join.FromExpression)
                .Append(") IN (SELECT (")
                .Append(join.Entity.Expression)
                .Append(") FROM ")
                .Append(Quoted(join.Target.Relation))
                .Append(" WHERE ")
                .Append(condition)
                .Append(')')
                .ToString();
        }

        return condition;
    }

    private string Quoted(RelationName relation) => $"{dialect.Quote(relation.Schema)}.{dialect.Quote(relation.Name)}";
}
