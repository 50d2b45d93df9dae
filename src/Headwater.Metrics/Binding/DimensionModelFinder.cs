using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Binding;

/// <summary>Finds the model from which the dimensions of a query without metrics are read. Stateless; safe for several threads.</summary>
internal sealed class DimensionModelFinder(MetricModel model)
{
    private readonly DimensionResolver _resolver = new(model);

    /// <summary>The model with the shortest joins to all dimensions; null with the reason reported.</summary>
    public SemanticModel? Find(IReadOnlyList<DimensionReference> references, DiagnosticBag diagnostics)
    {
        var best = model
            .Models.Select(candidate => (Model: candidate, Cost: Cost(candidate, references)))
            .Where(pair => pair.Cost is not null)
            .OrderBy(pair => pair.Cost)
            .FirstOrDefault()
            .Model;
        if (best is null)
        {
            ReportNoModel(references, diagnostics);
        }

        return best;
    }

    private void ReportNoModel(IReadOnlyList<DimensionReference> references, DiagnosticBag diagnostics)
    {
        var known = model.Models.SelectMany(_resolver.Reachable).Select(item => item.Reference.BaseName).ToHashSet();
        var unknown = references.Where(reference => !known.Contains(reference.BaseName)).ToList();
        foreach (var reference in unknown)
        {
            diagnostics.Add(
                MetricDiagnostics
                    .UnknownDimension.With(reference.BaseName, "any table")
                    .Suggesting(reference.BaseName, known)
            );
        }

        if (unknown.Count == 0)
        {
            diagnostics.Add(MetricDiagnostics.NoCommonModel.With(string.Join(", ", references)));
        }
    }

    // Fewest joins; among equals the table of which each row is one of the entity's, which has the most of them.
    private int? Cost(SemanticModel candidate, IReadOnlyList<DimensionReference> references)
    {
        var cost = 0;
        foreach (var reference in references)
        {
            if (TryComplete(candidate, reference) is not { } found)
            {
                return null;
            }

            cost += 4 * found.Dimension.Path.Count;
            cost += found.Reference.EntityPath.Count > reference.EntityPath.Count ? 2 : 0;
            cost +=
                reference.EntityPath.Count == 0 && candidate.FindEntity(reference.Name) is { IsUnique: false } ? 1 : 0;
        }

        return cost;
    }

    private (DimensionReference Reference, ResolvedDimension Dimension)? TryComplete(
        SemanticModel candidate,
        DimensionReference reference
    )
    {
        try
        {
            return _resolver.Complete(candidate, reference) is { } complete
                ? (complete, _resolver.Resolve(candidate, complete)!)
                : null;
        }
        catch (DiagnosticException)
        {
            // Ambiguous from here: another table may have it plainly.
            return null;
        }
    }
}
