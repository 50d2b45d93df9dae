using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Query.Policies;
using Headwater.Query.Publishing;
using Headwater.Sql.Lineage;

namespace Headwater.Query.Tracing;

/// <summary>
/// Answers from the lineage of a publication what one asker may see. What is hidden is not named, neither as a way nor as a hint; ways lead through
/// it, since both their ends are visible. One instance a question.
/// </summary>
internal sealed class LineageTracer(Publication publication, LineageMap map, EffectivePolicy policy)
{
    // Whether rules reach a relation costs a walk over the semantic models.
    private readonly Dictionary<RelationName, bool> _visible = [];

    /// <exception cref="DiagnosticException">HW5120, HW5121, HW5122.</exception>
    public LineageAnswer Trace(string text, string? column)
    {
        var relation = Find(text);
        if (relation is null && column is null && text.LastIndexOf('.') is var dot and > 0)
        {
            relation = Find(text[..dot]);
            column = text[(dot + 1)..];
        }

        if (relation is null)
        {
            var known = Visible().Select(name => name.Name).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            throw (
                QueryDiagnostics.UnknownRelation.With(text).Suggesting(text[(text.LastIndexOf('.') + 1)..], known)
            ).ToException();
        }

        return Trace(relation, column);
    }

    private LineageAnswer Trace(RelationName relation, string? column)
    {
        var made = map.Find(relation);
        var names = ColumnsOf(relation, made);
        if (column is not null)
        {
            var wanted = names.FirstOrDefault(name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase));
            names = wanted is not null
                ? [wanted]
                : throw (QueryDiagnostics.UnknownColumn.With(relation, column).Suggesting(column, names)).ToException();
        }

        var complete = made?.Columns.ToDictionary(
            own => own.Name,
            own => own.Complete,
            StringComparer.OrdinalIgnoreCase
        );
        var hidden = false;
        var columns = names
            .Select(name =>
            {
                var own = new ColumnName(relation, name);
                var up = map.Upstream(own, IsVisible);
                var down = map.Downstream(own, IsVisible);
                hidden |= up.HasHidden || down.HasHidden;
                return new TracedColumn(
                    name,
                    Shown(up, column),
                    Shown(down, column),
                    complete?.GetValueOrDefault(name) ?? true
                );
            })
            .ToList();
        var filters = made?.FiltersOn.Where(filter => IsVisible(filter.Relation)).ToList() ?? [];
        return new LineageAnswer(
            relation,
            made?.Node,
            columns,
            filters,
            policy.SeesEverything ? made?.Gaps ?? [] : [],
            made is null or { Gaps.Count: 0 },
            hidden || filters.Count < (made?.FiltersOn.Count ?? 0)
        )
        {
            IsOfColumn = column is not null,
        };
    }

    private static IReadOnlyList<LineageStep> Shown(LineageWay way, string? column) =>
        column is null ? [.. way.Steps.Where(step => step.Steps == 1)] : way.Steps;

    private List<string> ColumnsOf(RelationName relation, RelationLineage? made)
    {
        if (made is not null)
        {
            return [.. made.Columns.Select(column => column.Name)];
        }

        return publication.Relations.TryGetValue(relation, out var published)
            ? [.. published.Columns]
            :
            [
                .. map
                    .Columns.Where(column => column.Relation == relation)
                    .Select(column => column.Name)
                    .Order(StringComparer.OrdinalIgnoreCase),
            ];
    }

    private RelationName? Find(string text)
    {
        var found = Visible()
            .Where(relation =>
                string.Equals(relation.Name, text, StringComparison.OrdinalIgnoreCase)
                || string.Equals(relation.ToString(), text, StringComparison.OrdinalIgnoreCase)
                || map.Find(relation)?.Node == text
                || ModelName(map.Find(relation)?.Node) == text
            )
            .Distinct()
            .ToList();

        // A model is meant before the table of the same name that it reads.
        if (found.Count > 1 && found.FindAll(relation => map.Find(relation) is not null) is [var model])
        {
            return model;
        }

        return found switch
        {
            [] => null,
            [var only] => only,
            _ => throw QueryDiagnostics.AmbiguousRelation.With(text, string.Join(", ", found)).ToException(),
        };
    }

    // model.package.name, and with a version name.v2.
    private static string? ModelName(string? node) => node?.Split('.', 3) is [_, _, var name] ? name : null;

    private IEnumerable<RelationName> Visible() => publication.Relations.Keys.Union(map.AllRelations).Where(IsVisible);

    private bool IsVisible(RelationName relation)
    {
        if (!_visible.TryGetValue(relation, out var visible))
        {
            _visible[relation] = visible =
                policy.SeesEverything
                || (
                    publication.Relations.TryGetValue(relation, out var reachable)
                    && publication.IsVisible(reachable, policy)
                );
        }

        return visible;
    }
}
