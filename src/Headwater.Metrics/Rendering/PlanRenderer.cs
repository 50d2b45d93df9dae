using System.Text;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;
using Headwater.Sql;
using Headwater.Sql.Dialects;

namespace Headwater.Metrics.Rendering;

/// <summary>Writes plans as SQL of one dialect. Stateless; safe for several threads.</summary>
public sealed class PlanRenderer(SqlDialect dialect)
{
    public SqlText Render(MetricPlan plan)
    {
        var parameters = new ParameterList();
        var scans = plan.Scans.Select((scan, index) => RenderScan(scan, index, parameters)).ToList();
        var outputs = new OutputRenderer(dialect);
        var text = new StringBuilder("SELECT ");
        var columns = plan
            .Keys.Select((key, index) => $"k{index} AS {dialect.Quote(key)}")
            .Concat(plan.Outputs.Select(o => $"{outputs.Render(o.Expression)} AS {dialect.Quote(o.Name)}"));
        text.AppendJoin(", ", columns);
        text.Append("\nFROM (").Append(Indent(Meet(plan, scans))).Append(") AS r");
        AppendOrder(text, plan, outputs);
        if (plan.Limit is { } limit)
        {
            text.Append("\nLIMIT ").Append(limit);
        }

        return new SqlText(text.ToString(), parameters.Values);
    }

    public SqlText Render(RowsPlan plan)
    {
        var parameters = new ParameterList();
        var text = new StringBuilder("SELECT ");
        text.AppendJoin(", ", plan.Columns.Select(column => $"{Name(column.Column)} AS {dialect.Quote(column.Name)}"));
        AppendSources(text, plan.Sources);
        AppendFilters(text, plan.Sources, plan.Filters, parameters);
        text.Append("\nLIMIT ").Append(plan.Limit);
        return new SqlText(text.ToString(), parameters.Values);
    }

    internal static string Name(PlanColumn column) => $"s{column.Source}.c{column.Index}";

    internal static string AggregateName(int scan, int aggregate) => $"a{scan}_{aggregate}";

    /// <summary>
    /// Scans meet by stacking and grouping again rather than by full outer joins: every engine can do it for any number of scans and for
    /// empty keys, and each input has one row a group, so that its value is the only one. What gives no row comes first and lends the others' nulls
    /// their types, which some engines settle branch by branch.
    /// </summary>
    private string Meet(MetricPlan plan, List<string> scans)
    {
        if (scans.Count == 1)
        {
            return scans[0];
        }

        var keys = plan.Keys.Select((_, index) => $"k{index}").ToList();
        var names = plan
            .Scans.Select((scan, index) => scan.Aggregates.Select((_, place) => AggregateName(index, place)).ToList())
            .ToList();
        var all = names.SelectMany(group => group).ToList();
        var branches = scans.Select(
            (_, index) =>
            {
                var aggregates = names.SelectMany(
                    (group, other) => other == index ? group : group.Select(name => $"NULL AS {name}")
                );
                return $"SELECT {string.Join(", ", keys.Concat(aggregates))} FROM b{index}";
            }
        );
        var typed =
            $"SELECT {string.Join(", ", keys.Select(key => $"b0.{key}").Concat(all))} FROM {string.Join(", ", scans.Select((_, index) => $"b{index}"))} WHERE false";
        var text = new StringBuilder("WITH ");
        text.AppendJoin(", ", scans.Select((scan, index) => $"b{index} AS ({Indent(scan)})"));
        text.Append("\nSELECT ")
            .AppendJoin(", ", keys.Concat(all.Select(name => $"{dialect.OnlyValue(name)} AS {name}")));
        text.Append("\nFROM (").Append(Indent(string.Join("\nUNION ALL\n", branches.Prepend(typed)))).Append(") AS u");
        if (keys.Count > 0)
        {
            text.Append("\nGROUP BY ").AppendJoin(", ", keys);
        }

        return text.ToString();
    }

    private string RenderScan(AggregateScan scan, int scanIndex, ParameterList parameters)
    {
        var text = new StringBuilder("SELECT ");
        var keys = scan.Keys.Select((key, index) => $"{Key(scan.Sources, key)} AS k{index}");
        var aggregates = scan.Aggregates.Select(
            (aggregate, index) =>
                $"{new AggregateRenderer(scan.Sources, dialect).Render(aggregate, scan.Keys.Count > 0)} AS {AggregateName(scanIndex, index)}"
        );
        text.AppendJoin(", ", keys.Concat(aggregates));
        AppendSources(text, scan.Sources);
        AppendFilters(text, scan.Sources, scan.Filters, parameters);
        if (scan.Keys.Count > 0)
        {
            text.Append("\nGROUP BY ").AppendJoin(", ", Enumerable.Range(1, scan.Keys.Count));
        }

        return text.ToString();
    }

    private string Key(ScanSources sources, DimensionReference key)
    {
        var column = Name(sources[key].Column);
        return key.Grain is { } grain ? dialect.TruncateToGrain(grain.Name(), column) : column;
    }

    private void AppendSources(StringBuilder text, ScanSources sources)
    {
        for (var index = 0; index < sources.Sources.Count; index++)
        {
            var source = sources.Sources[index];
            text.Append(index == 0 ? "\nFROM " : "\nLEFT JOIN ").Append("(SELECT ");
            // A table of which only the rows count still needs a column to select.
            var expressions = source.Expressions.Count == 0 ? ["1"] : source.Expressions;
            text.AppendJoin(", ", expressions.Select((expression, column) => $"{Expression(expression)} AS c{column}"));
            text.Append(" FROM ").Append(Relation(source)).Append(") AS s").Append(index);
            if (source.Join is { } join)
            {
                text.Append(" ON ")
                    .Append(Name(join.From))
                    .Append(" = s")
                    .Append(index)
                    .Append(".c")
                    .Append(join.KeyIndex);
            }
        }
    }

    private void AppendFilters(
        StringBuilder text,
        ScanSources sources,
        IReadOnlyList<PlannedFilter> filters,
        ParameterList parameters
    )
    {
        if (filters.Count == 0)
        {
            return;
        }

        var conditions = new ConditionRenderer(sources, dialect, parameters);
        text.Append("\nWHERE ")
            .AppendJoin(
                " AND ",
                filters.Select(filter =>
                    filter switch
                    {
                        QueryFilter query => conditions.Render(query.Condition),
                        DefinitionFilter definition => AggregateRenderer.Admits(
                            sources,
                            dialect,
                            definition.Alternatives
                        ),
                        RestrictionFilter { Restriction: var rule } => dialect.IsOneOf(
                            dialect.AsText(Name(sources[rule.Dimension].Column)),
                            parameters.Add(rule.Values)
                        ),
                        _ => throw new InvalidOperationException($"unknown filter {filter.GetType().Name}"),
                    }
                )
            );
    }

    private static void AppendOrder(StringBuilder text, MetricPlan plan, OutputRenderer outputs)
    {
        var keys = plan
            .OrderBy.Select(key =>
            {
                var column =
                    key.Column < plan.Keys.Count
                        ? $"k{key.Column}"
                        : outputs.Render(plan.Outputs[key.Column - plan.Keys.Count].Expression);
                return $"{column} {(key.Descending ? "DESC" : "ASC")} NULLS LAST";
            })
            .ToList();
        // The keys come last, so that equal rows have one order and pages do not overlap.
        var named = plan.OrderBy.Select(key => key.Column).ToHashSet();
        keys.AddRange(
            Enumerable
                .Range(0, plan.Keys.Count)
                .Where(key => !named.Contains(key))
                .Select(key => $"k{key} ASC NULLS LAST")
        );
        if (keys.Count > 0)
        {
            text.Append("\nORDER BY ").AppendJoin(", ", keys);
        }
    }

    private string Relation(ScanSource source) =>
        $"{dialect.Quote(source.Relation.Schema)}.{dialect.Quote(source.Relation.Name)}";

    private string Expression(string expression) =>
        expression.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
        && (char.IsAsciiLetter(expression[0]) || expression[0] == '_')
            ? dialect.QuoteWord(expression)
            : $"({expression})";

    private static string Indent(string text) => "\n  " + text.Replace("\n", "\n  ", StringComparison.Ordinal) + "\n";
}
