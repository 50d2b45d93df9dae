using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>Reads expressions over other metrics.</summary>
internal static class DerivedMetricReader
{
    public static DerivedMetric? Read(MetricEntry entry)
    {
        var filters = entry.Filters();
        var expression = entry.Parameters.RequiredText("expr");
        var list = entry.Parameters.Node("input_metrics") ?? entry.Parameters.Node("metrics");
        var inputs = new List<MetricInput>();
        var complete = expression.Text.Length > 0;
        foreach (var item in (list as YamlSequence)?.Items ?? [])
        {
            var input = item switch
            {
                YamlScalar scalar => entry.Input(new LocatedText(scalar.Text, scalar.Location)),
                YamlMapping mapping => entry.Input(new MappingReader(mapping, entry.Diagnostics)),
                _ => null,
            };
            complete &= input is not null;
            if (input is not null)
            {
                inputs.Add(input);
            }
        }

        return complete ? new DerivedMetric(entry.Header, filters, expression.Text, inputs) : null;
    }
}
