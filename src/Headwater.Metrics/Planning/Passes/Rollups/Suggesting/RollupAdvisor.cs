using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Semantics.Rollups;
using Headwater.Metrics.Time;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Planning.Passes.Rollups.Suggesting;

/// <summary>
/// Proposes rollups for questions that were asked. Candidates are what single questions need, and what two of them need together; of these the one
/// that saves most is taken, then the one that saves most beside it, and so on: the greedy choice of Harinarayan, Rajaraman and Ullman, "Implementing
/// Data Cubes Efficiently" (SIGMOD 1996), which saves at least 63% of what the best choice of as many would. Whether a candidate answers a question is
/// decided by the very pass that would use it.
/// </summary>
/// <param name="model">What can be asked.</param>
/// <param name="rules">The dimensions of row rules: without them nobody under a rule would be served.</param>
public sealed class RollupAdvisor(MetricModel model, IReadOnlyList<DimensionReference> rules)
{
    private const int MostAlone = 16;
    private const double LeastShare = 0.01;

    // A rollup that is hardly smaller than its table saves little of what it costs to build.
    private const int LeastShrinking = 4;

    private readonly QueryBinder _binder = new(model);
    private readonly MetricPlanner _planner = new(model);
    private readonly DimensionResolver _resolver = new(model);

    /// <summary>What could be declared, for the questions that took most time.</summary>
    public IReadOnlyList<RollupProposal> Propose(IReadOnlyList<AskedQuestion> questions)
    {
        var needs = questions
            .OrderByDescending(question => question.Elapsed)
            .SelectMany(Needs)
            .DistinctBy(need => need.Key)
            .Take(MostAlone)
            .ToList();
        var together = needs.SelectMany(
            (one, index) => needs.Skip(index + 1).Where(other => other.Root == one.Root).Select(one.With)
        );
        var names = needs.ToLookup(need => need.Root, need => need.Metrics);
        return
        [
            .. needs
                .Concat(together)
                .DistinctBy(need => need.Key)
                .Select(need =>
                    Plan(
                        need,
                        [.. names[need.Root].SelectMany(metrics => metrics).Distinct().Order(StringComparer.Ordinal)]
                    )
                )
                .OfType<RollupProposal>(),
        ];
    }

    /// <summary>Those that save most, in the order of what they save.</summary>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<RollupSuggestion> Choose(
        IReadOnlyList<AskedQuestion> questions,
        IReadOnlyList<MeasuredProposal> proposals,
        int most
    )
    {
        // What of its time each question still takes.
        var left = questions.ToDictionary(question => question, _ => 1.0);
        var total = questions.Sum(question => question.Elapsed.TotalSeconds);
        var open = proposals
            .Where(proposal => proposal.Rows * LeastShrinking <= proposal.RootRows)
            .Select(proposal =>
                (Proposal: proposal, Served: questions.Where(question => Serves(proposal, question)).ToList())
            )
            .Where(item => item.Served.Count > 0)
            .ToList();
        var chosen = new List<RollupSuggestion>();
        while (chosen.Count < most && open.Count > 0 && total > 0)
        {
            var best = open.MaxBy(item => Saving(item.Proposal, item.Served));
            var share = Saving(best.Proposal, best.Served) / total;
            if (share < LeastShare)
            {
                break;
            }

            chosen.Add(new RollupSuggestion(best.Proposal, best.Served, share));
            open.Remove(best);
            foreach (var question in best.Served)
            {
                left[question] = Math.Min(left[question], Part(best.Proposal));
            }
        }

        return chosen;

        double Saving(MeasuredProposal proposal, List<AskedQuestion> served) =>
            served.Sum(question => Math.Max(0, left[question] - Part(proposal)) * question.Elapsed.TotalSeconds);

        // Time goes with the rows that are read.
        static double Part(MeasuredProposal proposal) => (double)proposal.Rows / Math.Max(1, proposal.RootRows);
    }

    private bool Serves(MeasuredProposal proposal, AskedQuestion question)
    {
        try
        {
            var bound = _binder.Bind(question.Request);
            var restrictions = rules.Select(rule => new RowRestriction(rule, [])).Where(rule => Reaches(bound, rule));
            var uses = new UseRollups(new Only(proposal.Proposal.Table), new Dictionary<string, string>());
            uses.Visit(_planner.Plan(bound, AccessRules.None with { Rows = [.. restrictions] }).Root);
            return uses.Used.Count > 0;
        }
        catch (DiagnosticException)
        {
            // Asked under an earlier definition.
            return false;
        }
    }

    private bool Reaches(BoundQuery query, RowRestriction rule) =>
        query
            .Metrics.SelectMany(MetricLeaves.Of)
            .SelectMany(leaf => leaf.Models)
            .All(from => _resolver.Resolve(from, rule.Dimension) is not null);

    private List<Need> Needs(AskedQuestion question)
    {
        BoundQuery query;
        try
        {
            query = _binder.Bind(question.Request);
        }
        catch (DiagnosticException)
        {
            return [];
        }

        var needs = new List<Need>();
        foreach (
            var leaves in query
                .Metrics.SelectMany(MetricLeaves.Of)
                .Where(leaf => leaf.Conversion is null && RollupPart.Of(leaf.Measure).Count > 0)
                .GroupBy(leaf => (leaf.Model.Relation, leaf.Measure.TimeDimension))
        )
        {
            var from = leaves.First().Model;
            var asked = query
                .Dimensions.Concat(
                    leaves.SelectMany(leaf => leaf.Filters).SelectMany(filter => filter.Template.Condition.Dimensions)
                )
                .Concat(rules.Where(rule => _resolver.Resolve(from, rule) is not null))
                .ToList();
            var metrics = leaves.Select(leaf => leaf.Metric.Name).ToHashSet(StringComparer.Ordinal);
            var root = $"{leaves.Key.Relation} {leaves.Key.TimeDimension}";
            // A filter on a time that names no period: perhaps whole periods of those shown, perhaps days.
            needs.AddRange(
                new[] { Grain.Month, Grain.Day }.Select(grain => new Need(root, metrics, Names(asked, from, grain)))
            );
        }

        return needs;
    }

    private SortedSet<string> Names(List<DimensionReference> asked, SemanticModel from, Grain usual)
    {
        var shown = asked
            .Where(reference => reference.HasGrain)
            .Select(reference => reference.BaseName)
            .ToHashSet(StringComparer.Ordinal);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var reference in asked)
        {
            var isTime =
                reference.IsMetricTime
                || (!reference.HasGrain && _resolver.Resolve(from, reference) is { IsTime: true });
            if (reference.HasGrain || !isTime)
            {
                names.Add(reference.ToString());
            }
            else if (usual == Grain.Day || !shown.Contains(reference.BaseName))
            {
                names.Add((reference with { Grain = usual }).ToString());
            }
        }

        return names;
    }

    private RollupProposal? Plan(Need need, IReadOnlyList<string> metrics)
    {
        var nowhere = new SourceLocation("");
        var kept = metrics.Where(metric => Planned([metric]) is not null).ToList();
        return kept.Count > 0 && need.Metrics.All(kept.Contains) && Planned(kept) is { } table
            ? new RollupProposal(kept, [.. need.Dimensions], table)
            : null;

        RollupTable? Planned(IReadOnlyList<string> names) =>
            new RollupPlanner(model, new DiagnosticBag()).PlanAll([
                new RollupDefinition(
                    new LocatedText(need.Name, nowhere),
                    [.. names.Select(name => new LocatedText(name, nowhere))],
                    [.. need.Dimensions.Select(name => new LocatedText(name, nowhere))]
                ),
            ])
                is [var table]
                ? table
                : null;
    }

    private sealed record Need(string Root, IReadOnlySet<string> Metrics, SortedSet<string> Dimensions)
    {
        public string Key => $"{Root}: {string.Join(", ", Dimensions)}";

        public string Name =>
            Dimensions.Count == 0
                ? "totals"
                : "by_" + string.Join("_", Dimensions.Select(name => name.Split("__")[^1]));

        public Need With(Need other) =>
            new(
                Root,
                Metrics.Union(other.Metrics).ToHashSet(StringComparer.Ordinal),
                new SortedSet<string>(Dimensions.Union(other.Dimensions), StringComparer.Ordinal)
            );
    }

    private sealed class Only(RollupTable table) : IRollups
    {
        public IReadOnlyList<RollupCandidate> Over(RelationName root) =>
            root == table.Root
                ? [new RollupCandidate(table, table.Parts.Values.ToDictionary(column => column, _ => ""), null)]
                : [];
    }
}
