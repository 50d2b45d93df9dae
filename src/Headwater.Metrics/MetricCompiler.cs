using Headwater.Kernel.Names;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Rendering;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Sql;
using Headwater.Sql.Dialects;

namespace Headwater.Metrics;

/// <summary>From a request to SQL: bind, plan, render. Holds no connection and no state; safe for several threads.</summary>
public sealed class MetricCompiler(MetricModel model, SqlDialect dialect)
{
    private readonly QueryBinder _binder = new(model);
    private readonly MetricPlanner _planner = new(model);
    private readonly RowsPlanner _rowsPlanner = new(model);
    private readonly PlanRenderer _renderer = new(dialect);

    /// <summary>The SQL of a metric query under row rules.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW41xx.</exception>
    public CompiledQuery Compile(MetricRequest request, IReadOnlyList<RowRestriction> restrictions)
    {
        var plan = _planner.Plan(_binder.Bind(request), restrictions);
        return new CompiledQuery(_renderer.Render(plan), [.. plan.Relations]);
    }

    /// <summary>The SQL of the rows behind a number under row rules.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW41xx.</exception>
    public CompiledQuery CompileRows(
        string metric,
        IReadOnlyList<string> where,
        int limit,
        IReadOnlyList<RowRestriction> restrictions
    )
    {
        var plan = _rowsPlanner.Plan(
            _binder.Bind(new MetricRequest([metric], [], where, [], null)),
            restrictions,
            limit
        );
        return new CompiledQuery(_renderer.Render(plan), [.. plan.Sources.Relations.Distinct()]);
    }
}

/// <param name="Sql">One SELECT.</param>
/// <param name="Relations">The tables that it reads.</param>
public sealed record CompiledQuery(SqlText Sql, IReadOnlyList<RelationName> Relations);
