using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Binding;

/// <summary>Checks what can only be checked when everything is read: that each metric's filters reach their dimensions.</summary>
internal static class DefinitionCheck
{
    public static void Run(MetricModel model, DiagnosticBag diagnostics)
    {
        var resolver = new DimensionResolver(model);
        foreach (var metric in model.Metrics)
        {
            var leaves = MetricLeaves.Of(metric).Select(leaf => leaf.Metric.Model).Distinct().ToList();
            foreach (var filter in metric.Filters)
            {
                foreach (var reference in filter.Dimensions.Where(reference => !reference.IsMetricTime))
                {
                    foreach (var leaf in leaves.Where(leaf => resolver.Resolve(leaf, reference) is null))
                    {
                        var known = resolver.Reachable(leaf).Select(item => item.Reference.BaseName);
                        diagnostics.Add(
                            MetricDiagnostics.UnknownDefinitionDimension.At(
                                filter.Location,
                                metric.Name,
                                reference
                            ) with
                            {
                                Hint = NearestName.Hint(reference.BaseName, [.. known]),
                            }
                        );
                    }
                }
            }
        }
    }
}
