using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Explaining;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Query.Policies;
using Headwater.Query.Publishing;
using Headwater.Sql.Lexing;
using Headwater.Sql.Lineage;
using Headwater.Warehouse.Publication;

namespace Headwater.Query.Passports;

/// <summary>Puts together what stands behind a question under one policy. Runs nothing. One instance a passport.</summary>
internal sealed class PassportIssuer(
    Publication publication,
    EffectivePolicy policy,
    LineageMap map,
    VersionSnapshot versions,
    IReadOnlyDictionary<RelationName, DateTimeOffset> changes
)
{
    private bool _hasHidden;

    /// <exception cref="DiagnosticException">HW5130: a metric is unknown, or not for the asker: nobody can tell which. HW41xx.</exception>
    public Passport Issue(MetricRequest request)
    {
        var compiled = Compile(request);
        var plan = compiled.Plan!;
        var relations = Relations(plan);
        return new Passport(
            [.. Named(request).SelectMany(WithInputs).DistinctBy(metric => metric.Name).Select(Describe)],
            [.. PlanNarrator.Tell(plan), .. Masked(relations)],
            compiled.Sql.Text,
            compiled.Rollups,
            relations,
            _hasHidden,
            policy.SeesEverything
        );
    }

    private CompiledQuery Compile(MetricRequest request)
    {
        try
        {
            return publication.Compiler.Compile(
                request,
                policy.Access,
                publication.Proofs.In(versions),
                publication.Rollups.In(versions)
            );
        }
        catch (DiagnosticException refused)
            when (refused.Diagnostic.Descriptor == MetricDiagnostics.NeedsTime && request.GroupBy.Count == 0)
        {
            // What depends on the time it is shown for is told by its days.
            return Compile(request with { GroupBy = [DimensionReference.MetricTime] });
        }
        catch (DiagnosticException refused)
            when (refused.Diagnostic.Descriptor == MetricDiagnostics.UnknownMetric
                || refused.Diagnostic.Descriptor == MetricDiagnostics.RuleOutOfReach
            )
        {
            throw Unknown(request).ToException();
        }
    }

    // The same words whether there is no such metric or none for this asker; the nearest name is looked for among those that they may see.
    private Diagnostic Unknown(MetricRequest request)
    {
        var visible = publication
            .Metrics.Metrics.Where(metric => IsVisible(metric.Name))
            .Select(metric => metric.Name)
            .ToList();
        var wrong = request.Metrics.FirstOrDefault(name =>
            Find(name) is not { } found || !visible.Contains(found.Name)
        );
        var name = wrong ?? string.Join(", ", request.Metrics);
        return QueryDiagnostics.UnknownMetric.With(name).Suggesting(name, visible);
    }

    private bool IsVisible(string metric)
    {
        try
        {
            var request = new MetricRequest([metric], [DimensionReference.MetricTime], [], [], null);
            publication.Compiler.Compile(request, policy.Access);
            return true;
        }
        catch (DiagnosticException refused)
        {
            return refused.Diagnostic.Descriptor != MetricDiagnostics.RuleOutOfReach;
        }
    }

    // What compares a metric stands behind its name.
    private Metric? Find(string name)
    {
        var known = name.Trim().ToLowerInvariant();
        while (
            publication.Metrics.Find(known) is null
            && known.LastIndexOf("__", StringComparison.Ordinal) is var at and > 0
        )
        {
            known = known[..at];
        }

        return publication.Metrics.Find(known);
    }

    private IEnumerable<Metric> Named(MetricRequest request)
    {
        var saved = request.SavedQuery is { } name
            ? publication.Metrics.FindSavedQuery(name)?.Request.Metrics ?? []
            : [];
        return saved.Concat(request.Metrics).Select(Find).OfType<Metric>();
    }

    // Those asked for come first, so a breadth-first walk.
    private static List<Metric> WithInputs(Metric metric)
    {
        var all = new List<Metric> { metric };
        for (var index = 0; index < all.Count; index++)
        {
            IEnumerable<MetricInput> inputs = all[index] switch
            {
                RatioMetric ratio => [ratio.Numerator, ratio.Denominator],
                DerivedMetric derived => derived.Inputs,
                _ => [],
            };
            all.AddRange(
                inputs.Select(input => input.Metric).Where(input => all.TrueForAll(known => known.Name != input.Name))
            );
        }

        return all;
    }

    private PassportMetric Describe(Metric metric)
    {
        var description = publication.Catalog.Metrics.First(item => item.Name == metric.Name);
        return new PassportMetric(
            metric.Name,
            description.Label,
            description.Description,
            description.Type,
            description.Formula,
            description.Owner,
            metric.Header.Meta,
            metric.WrittenAs(),
            metric.Header.Location,
            DefinitionDigest.Of(publication.Metrics, metric),
            [.. DefinitionDigest.Models(publication.Metrics, metric).Select(model => model.ModelName).Distinct()]
        );
    }

    private List<PassportRelation> Relations(MetricPlan plan)
    {
        var columns = new Dictionary<RelationName, Dictionary<string, InputKind?>>();
        var steps = new Dictionary<RelationName, int>();
        foreach (var scan in Scans(plan.Root))
        {
            Note(scan.Relation, 0);
            foreach (var column in ReadBy(scan))
            {
                columns[scan.Relation][column] = null;
                Climb(new ColumnName(scan.Relation, column));
            }

            foreach (var filter in map.Find(scan.Relation)?.FiltersOn ?? [])
            {
                if (IsVisible(filter.Relation))
                {
                    Note(filter.Relation, 1);
                    columns[filter.Relation].TryAdd(filter.Name, InputKind.Condition);
                    Climb(filter);
                }
            }
        }

        return
        [
            .. steps
                .OrderBy(item => item.Value)
                .ThenBy(item => item.Key.ToString(), StringComparer.Ordinal)
                .Select(item => new PassportRelation(
                    item.Key,
                    map.Find(item.Key)?.Node ?? publication.Relations.GetValueOrDefault(item.Key)?.Node,
                    publication.Relations.GetValueOrDefault(item.Key)?.IsRaw ?? true,
                    item.Value,
                    [
                        .. columns[item.Key]
                            .OrderBy(column => column.Key, StringComparer.Ordinal)
                            .Select(column => new PassportColumn(column.Key, column.Value)
                            {
                                IsMasked = IsMasked(item.Key, column.Key),
                            }),
                    ],
                    versions[item.Key],
                    ChangedAt(item.Key)
                )),
        ];

        void Climb(ColumnName column)
        {
            var way = map.Upstream(column, IsVisible);
            _hasHidden |= way.HasHidden;
            foreach (var step in way.Steps)
            {
                Note(step.Column.Relation, steps[column.Relation] + step.Steps);
                columns[step.Column.Relation].TryAdd(step.Column.Name, step.Kind);
            }
        }

        void Note(RelationName relation, int distance)
        {
            steps[relation] = Math.Min(steps.GetValueOrDefault(relation, int.MaxValue), distance);
            columns.TryAdd(relation, new Dictionary<string, InputKind?>(StringComparer.OrdinalIgnoreCase));
        }
    }

    // Of what stands further up only the tables that the SQL reads matter: the masks of the others are on the way to these.
    private static IEnumerable<string> Masked(IEnumerable<PassportRelation> relations) =>
        from relation in relations
        where relation.Steps == 0
        from column in relation.Columns
        where column.IsMasked && column.Kind is null
        select $"{column.Name} of {relation.Name.Name} is masked for you: the numbers are of what you see of it.";

    private bool IsMasked(RelationName relation, string column) =>
        policy
            .Access.Masks.Find(relation)
            ?.Columns.Any(known =>
                known.Mask is not null && string.Equals(known.Name, column, StringComparison.OrdinalIgnoreCase)
            )
        ?? false;

    // A view changes with what it reads.
    private DateTimeOffset? ChangedAt(RelationName relation)
    {
        DateTimeOffset? last = null;
        foreach (var input in publication.Inputs([relation]))
        {
            if (changes.TryGetValue(input, out var at) && (last is null || at > last))
            {
                last = at;
            }
        }

        return last;
    }

    private bool IsVisible(RelationName relation)
    {
        var visible =
            policy.SeesEverything
            || (
                publication.Relations.TryGetValue(relation, out var reachable)
                && publication.IsVisible(reachable, policy)
            );
        _hasHidden |= !visible;
        return visible;
    }

    private static IEnumerable<ScanNode> Scans(PlanNode node) =>
        node is ScanNode scan ? [scan] : node.Inputs.SelectMany(Scans);

    // Of an author's expression the words that are columns of its table.
    private IEnumerable<string> ReadBy(ScanNode scan)
    {
        var known = publication.Relations.GetValueOrDefault(scan.Relation)?.Columns ?? [];
        var words = scan
            .Columns.SelectMany(column => SqlLexer.Read(column.Expression))
            .Where(token => token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedIdentifier)
            .Select(token => token.Value)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return known.Where(words.Contains);
    }
}
