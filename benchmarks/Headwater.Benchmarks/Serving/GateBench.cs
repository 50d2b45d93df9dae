using System.Diagnostics;
using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Frame;
using Headwater.Metrics.Requests;
using Headwater.Query;
using Headwater.Query.Audit;

namespace Headwater.Benchmarks.Serving;

/// <summary>
/// Metric questions under a row rule, uncached, against the SQL that they become with its parameters written out, prepared once and run through the bare
/// C API. The bar allows 1.3 times the engine's own time and 2 ms; JSON is part of ours.
/// </summary>
internal static class GateBench
{
    private const int Pairs = 30;
    private const int CachedAsks = 20_000;
    private const double AllowedFactor = 1.3;
    private const double AllowedMilliseconds = 2;

    private static readonly Principal Reader = new(
        "bench",
        "Bench",
        ["reader"],
        new Dictionary<string, IReadOnlyList<string>> { ["regions"] = ["East", "West"] }
    );

    private static readonly (string Name, MetricRequest Request)[] Questions =
    [
        ("revenue by month", new MetricRequest(["revenue"], ["metric_time__month"], [], [], null)),
        ("three metrics", new MetricRequest(["revenue", "sales", "average_sale"], [], [], [], null)),
        (
            "revenue by region and channel",
            new MetricRequest(["revenue"], ["customer__region", "sale__channel"], [], [], null)
        ),
        (
            "by category, one year",
            new MetricRequest(
                ["revenue"],
                ["product__category"],
                ["metric_time__year = '2023-01-01'"],
                ["-revenue"],
                10
            )
        ),
    ];

    public static async IAsyncEnumerable<Measurement> RunAsync(
        long rows,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var uncached = await StarProject.OpenAsync(rows, cacheBytes: 0, new NoAudit(), cancellationToken);
        using var cached = await uncached.OpenCachedAsync(new NoAudit(), cancellationToken);
        var millions = rows / 1_000_000;
        foreach (var (name, request) in Questions)
        {
            var inquiry = new Inquiry(new MetricQuestion(request), Reader, QuestionPath.Api, null);
            var reply = await uncached.Gate.AskAsync(inquiry, cancellationToken);
            using var statement = uncached.Bare.Prepare(WithLiterals(reply.Answer.Sql));
            var (ours, engines) = (new List<double>(), new List<double>());
            var result = await Samples.CompareAsync(
                Pairs,
                async () =>
                {
                    var start = Stopwatch.GetTimestamp();
                    await uncached.Gate.AskAsync(inquiry, cancellationToken);
                    ours.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                },
                () =>
                {
                    var start = Stopwatch.GetTimestamp();
                    using var chunks = statement.ExecuteStreaming(cancellationToken);
                    while (chunks.Fetch(cancellationToken) is { } chunk)
                    {
                        chunk.Dispose();
                    }

                    engines.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    return Task.CompletedTask;
                }
            );
            var engine = result.BaselineSeconds * 1000;
            yield return new Measurement($"{name}, {millions}M rows, the engine itself, p50", engine, "ms");
            yield return new Measurement(
                $"{name}, {millions}M rows, the engine itself, p95",
                Percentile(engines, 0.95),
                "ms"
            );
            yield return new Measurement(
                $"{name}, {millions}M rows, uncached, p50",
                result.OursSeconds * 1000,
                "ms",
                Bar.AtMost(AllowedFactor * engine + AllowedMilliseconds)
            );
            yield return new Measurement($"{name}, {millions}M rows, uncached, p95", Percentile(ours, 0.95), "ms");
            var hits = await TimeCachedAsync(cached, inquiry, cancellationToken);
            yield return new Measurement($"{name}, {millions}M rows, cached, p50", Percentile(hits, 0.5), "µs");
            yield return new Measurement($"{name}, {millions}M rows, cached, p95", Percentile(hits, 0.95), "µs");
            yield return new Measurement($"{name}, {millions}M rows, ratio", result.Ratio, "x")
            {
                Confidence = result.Confidence,
            };
        }
    }

    private static async Task<List<double>> TimeCachedAsync(
        Gate gate,
        Inquiry inquiry,
        CancellationToken cancellationToken
    )
    {
        await gate.AskAsync(inquiry, cancellationToken);
        var microseconds = new List<double>(CachedAsks);
        for (var ask = 0; ask < CachedAsks; ask++)
        {
            var start = Stopwatch.GetTimestamp();
            await gate.AskAsync(inquiry, cancellationToken);
            microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return microseconds;
    }

    // The values that the reader's rule and the questions bind.
    private static string WithLiterals(string sql) =>
        sql.Contains("$3", StringComparison.Ordinal)
            ? sql.Replace("$1", "['East', 'West']", StringComparison.Ordinal)
                .Replace("$2", "DATE '2023-01-01'", StringComparison.Ordinal)
                .Replace("$3", "DATE '2024-01-01'", StringComparison.Ordinal)
            : sql.Replace("$1", "['East', 'West']", StringComparison.Ordinal);

    private static double Percentile(List<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }

    private sealed class NoAudit : IAuditSink
    {
        public void Record(AuditRecord record)
        {
            // Measured over HTTP, where the platform's own log is used.
        }
    }
}
