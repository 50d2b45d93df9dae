using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Planning.Passes;
using Headwater.Metrics.Planning.Passes.Masking;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Metrics.Planning.Passes.Sharing;
using Headwater.Metrics.Rendering;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Sql;
using Headwater.Sql.Dialects;
using Headwater.Sql.Masking;

namespace Headwater.Metrics;

/// <summary>From a request to SQL: bind, plan, render. Holds no connection and no state; safe for several threads.</summary>
public sealed class MetricCompiler(MetricModel model, SqlDialect dialect)
{
    private readonly QueryBinder _binder = new(model);
    private readonly MetricPlanner _planner = new(model);
    private readonly RowsPlanner _rowsPlanner = new(model);
    private readonly PlanRenderer _renderer = new(dialect);

    /// <summary>Whether parts of a query that aggregate the same rows read them once; answers are the same without.</summary>
    public bool SharesAggregates { get; init; } = true;

    /// <summary>The SQL of a metric query under row rules, right whatever the tables hold.</summary>
    /// <exception cref="DiagnosticException">HW41xx.</exception>
    public CompiledQuery Compile(MetricRequest request, AccessRules access) =>
        Compile(request, access, NoProofs.Instance);

    /// <summary>The SQL of a metric query under row rules.</summary>
    /// <param name="proofs">What is known of the tables: it makes the SQL quicker, and right only while it holds.</param>
    /// <exception cref="DiagnosticException">HW41xx.</exception>
    public CompiledQuery Compile(MetricRequest request, AccessRules access, IJoinProofs proofs) =>
        Compile(request, access, proofs, NoRollups.Instance);

    /// <summary>The SQL of a metric query under row rules, over rollups where these have the same numbers.</summary>
    /// <param name="proofs">What is known of the tables: it makes the SQL quicker, and right only while it holds.</param>
    /// <param name="rollups">The rollups that there are; the SQL is right only while they hold what their tables hold.</param>
    /// <exception cref="DiagnosticException">HW41xx.</exception>
    public CompiledQuery Compile(MetricRequest request, AccessRules access, IJoinProofs proofs, IRollups rollups)
    {
        var plan = _planner.Plan(_binder.Bind(Unfold(request)), access);
        var keyNames = plan.Root is ComputeNode compute
            ? compute.Keys.ToDictionary(key => key.Column, key => key.Name)
            : [];
        var uses = new UseRollups(new ClearRollups(rollups, access.Masks), keyNames);
        var joins = new InnerJoins(new ClearProofs(proofs, access.Masks));
        var root = SharesAggregates ? new SharedAggregates().Visit(plan.Root) : plan.Root;
        var quick = plan with { Root = joins.Visit(uses.Visit(root)) };
        return new CompiledQuery(_renderer.Render(quick, access.Masks), [.. plan.Relations])
        {
            Plan = quick,
            ReliesOnProofs = joins.ReliesOnProofs || uses.Used.Count > 0,
            Rollups = uses.Decisions,
            RollupTables = [.. uses.Used.Distinct()],
        };
    }

    /// <summary>The SQL of a plan without its order and limit: for whoever orders the rows again.</summary>
    public SqlText WithoutOrder(MetricPlan plan, IColumnMasks masks) =>
        _renderer.Render(plan with { OrderBy = [], Limit = null }, masks, isOrdered: false);

    /// <summary>What fills a rollup: one SELECT without parameters, whatever anyone may see.</summary>
    public string CompileRollup(RollupTable rollup) => _renderer.RenderWhole(new MetricPlan(rollup.Query, [], null));

    /// <summary>What fills the tables that a saved query is exported to: one SELECT without parameters, whatever anyone may see, and the tables that it reads.</summary>
    /// <exception cref="DiagnosticException">HW41xx.</exception>
    public (string Sql, IReadOnlyList<RelationName> Reads) CompileExport(SavedQuery saved)
    {
        var plan = _planner.Plan(_binder.Bind(saved.Request), AccessRules.None);
        var root = SharesAggregates ? new SharedAggregates().Visit(plan.Root) : plan.Root;
        return (_renderer.RenderWhole(plan with { Root = root }), [.. plan.Relations]);
    }

    private MetricRequest Unfold(MetricRequest request)
    {
        if (request.SavedQuery is not { } name)
        {
            return request;
        }

        var saved =
            model.FindSavedQuery(name)?.Request
            ?? throw (
                MetricDiagnostics
                    .UnknownSavedQuery.With(name)
                    .Suggesting(name, [.. model.SavedQueries.Select(query => query.Name)])
            ).ToException();
        return request with
        {
            SavedQuery = null,
            Metrics = [.. saved.Metrics, .. request.Metrics],
            GroupBy = [.. saved.GroupBy, .. request.GroupBy],
            Where = [.. saved.Where, .. request.Where],
            OrderBy = request.OrderBy.Count > 0 ? request.OrderBy : saved.OrderBy,
            Limit = request.Limit ?? saved.Limit,
        };
    }

    /// <summary>
    /// The SQL of the values that a dimension takes: those that occur with some metrics, or else those of the nearest table from which the
    /// row rules can be applied.
    /// </summary>
    /// <exception cref="DiagnosticException">HW41xx.</exception>
    public CompiledQuery CompileValues(
        string dimension,
        IReadOnlyList<string> metrics,
        string? search,
        int limit,
        AccessRules access
    )
    {
        // Values that occur: those of joined tables that no row has are left out.
        var bound = _binder.Bind(new MetricRequest([], [dimension], [], [], limit)) with
        {
            KeepsUnmatched = false,
        };
        if (!string.IsNullOrEmpty(search))
        {
            bound = bound with { Where = [new ContainsText(bound.GroupBy[0], search)] };
        }

        DiagnosticException? refused = null;
        foreach (var candidate in Candidates(bound, metrics))
        {
            try
            {
                var plan = _planner.Plan(bound with { DimensionModel = candidate }, access);
                return new CompiledQuery(_renderer.Render(plan, access.Masks), [.. plan.Relations]) { Plan = plan };
            }
            catch (DiagnosticException problem)
            {
                // This table lacks the dimension or a rule's; another may have both.
                refused ??= problem;
            }
        }

        throw refused!;
    }

    private IEnumerable<SemanticModel?> Candidates(BoundQuery bound, IReadOnlyList<string> metrics)
    {
        if (metrics.Count == 0)
        {
            return bound.DimensionModel is null
                ? (IEnumerable<SemanticModel?>)[null]
                : model.Models.Where(other => other.Measures.Count > 0).Prepend(bound.DimensionModel).Distinct();
        }

        var request = new MetricRequest(metrics, [], [], [], null);
        return _binder.Bind(request).Metrics.SelectMany(MetricLeaves.Of).Select(leaf => leaf.Model).Distinct();
    }

    /// <summary>The SQL of the rows behind a number under row rules.</summary>
    /// <exception cref="DiagnosticException">HW41xx.</exception>
    public CompiledQuery CompileRows(string metric, IReadOnlyList<string> where, int limit, AccessRules access)
    {
        var plan = _rowsPlanner.Plan(_binder.Bind(new MetricRequest([metric], [], where, [], null)), access, limit);
        return new CompiledQuery(_renderer.Render(plan, access.Masks), [.. plan.Relations]);
    }
}

/// <param name="Sql">One SELECT.</param>
/// <param name="Relations">The tables that it is about.</param>
public sealed record CompiledQuery(SqlText Sql, IReadOnlyList<RelationName> Relations)
{
    /// <summary>What the SQL was written from; null where it is no plan of metrics.</summary>
    public MetricPlan? Plan { get; init; }

    /// <summary>The columns by which the rows are ordered: as asked, then the dimensions that are left, so that no two rows are equal. Empty values come last.</summary>
    public IReadOnlyList<OrderedColumn> Order
    {
        get
        {
            if (Plan is not { Root: ComputeNode compute } plan)
            {
                return [];
            }

            var names = compute
                .Keys.Select(key => key.Name)
                .Concat(compute.Outputs.Select(output => output.Name))
                .ToList();
            var asked = plan.OrderBy.DistinctBy(key => key.Column).ToList();
            return
            [
                .. asked.Select(key => new OrderedColumn(names[key.Column], key.Descending)),
                .. Enumerable
                    .Range(0, compute.Keys.Count)
                    .Where(index => asked.TrueForAll(key => key.Column != index))
                    .Select(index => new OrderedColumn(names[index], false)),
            ];
        }
    }

    /// <summary>True if the SQL gives the right rows only while the proofs hold that it was compiled with.</summary>
    public bool ReliesOnProofs { get; init; }

    /// <summary>What was decided of each rollup over the tables of the query.</summary>
    public IReadOnlyList<RollupDecision> Rollups { get; init; } = [];

    /// <summary>The rollups that it reads, in place of some of <see cref="Relations"/>.</summary>
    public IReadOnlyList<RollupTable> RollupTables { get; init; } = [];
}

/// <param name="Name">A column of the result.</param>
public sealed record OrderedColumn(string Name, bool Descending);
