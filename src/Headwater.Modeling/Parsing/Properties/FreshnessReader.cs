using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Parsing;

/// <summary>Reads when the data of a source count as too old.</summary>
internal static class FreshnessReader
{
    private static readonly string[] Periods = ["minute", "hour", "day"];

    public static SourceFreshness? Read(NodeConfig config, SourceLocation location, DiagnosticBag diagnostics)
    {
        if (config["freshness"] is not JinjaDict written)
        {
            return null;
        }

        var warn = Age("warn_after");
        var error = Age("error_after");
        var filter = written.TryGet("filter", out var sql) && sql is not null ? Text.Str(sql) : null;
        return warn is null && error is null ? null : new SourceFreshness(warn, error, filter);

        FreshnessAge? Age(string key)
        {
            if (
                !written.TryGet(key, out var value)
                || value is not JinjaDict age
                || !age.TryGet("count", out var count)
                || count is null
            )
            {
                return null;
            }

            var period = age.TryGet("period", out var text) ? Text.Str(text) : "";
            if (count is not long number || !Periods.Contains(period, StringComparer.Ordinal))
            {
                diagnostics.Add(
                    ModelingDiagnostics.BadConfig.At(
                        location,
                        $"freshness.{key}",
                        $"{Text.Str(count)} {period}",
                        "a whole count, and a period of minute, hour or day"
                    )
                );
                return null;
            }

            return new FreshnessAge(number, period);
        }
    }
}
