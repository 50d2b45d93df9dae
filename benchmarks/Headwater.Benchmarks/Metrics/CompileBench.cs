using System.Runtime.CompilerServices;
using System.Text.Json;
using Headwater.Benchmarks.Frame;
using Headwater.Metrics;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Requests;
using Headwater.Sql.Dialects;

namespace Headwater.Benchmarks.Metrics;

/// <summary>From a question to its SQL, again and again: the slowest of the ten.</summary>
internal static class CompileBench
{
    private const int Runs = 500;

    public static async IAsyncEnumerable<Measurement> RunAsync(
        PharmaStar star,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var compiler = new MetricCompiler(star.Project.Metrics, DuckDbDialect.Instance);
        var slowest = 0.0;
        foreach (var request in DashboardQueries.All.Select(query => Read(query.Request)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var seconds = await Samples.TimeAsync(
                Runs,
                () =>
                {
                    compiler.Compile(request, AccessRules.None);
                    return Task.CompletedTask;
                }
            );
            slowest = Math.Max(slowest, Samples.Median(seconds));
        }

        yield return new Measurement("compile_ms", slowest * 1000, "ms", Bar.AtMost(1));
    }

    private static MetricRequest Read(string request)
    {
        using var document = JsonDocument.Parse(request);
        return new MetricRequest(
            Texts("metrics"),
            Texts("group_by"),
            Texts("where"),
            Texts("order_by"),
            document.RootElement.TryGetProperty("limit", out var limit) ? limit.GetInt32() : null
        );

        IReadOnlyList<string> Texts(string name) =>
            document.RootElement.TryGetProperty(name, out var list)
                ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
                : [];
    }
}
