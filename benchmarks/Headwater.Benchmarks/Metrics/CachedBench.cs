using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Engine;
using Headwater.Benchmarks.Frame;
using Headwater.Server;

namespace Headwater.Benchmarks.Metrics;

/// <summary>One question whose answer is in the cache, asked over HTTP by many at once, with session, policy and audit each time.</summary>
internal static class CachedBench
{
    private const long CacheBytes = 256_000_000;
    private const int Seconds = 8;
    private const double RequestsPerSecond = 30_000;
    private const double AllowedP99 = 10;

    public static async IAsyncEnumerable<Measurement> RunAsync(
        PharmaStar star,
        string session,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (!Wrk.IsIn(Environment.GetEnvironmentVariable("PATH") ?? ""))
        {
            await Console.Error.WriteLineAsync(
                "Cached answers over HTTP cannot be measured without 'wrk', so their bars are missed: install it (Debian: apt-get install wrk)."
            );
            yield return Rate(null);
            yield break;
        }

        using var folder = new BenchFolder();
        var script = Path.Combine(folder.Path, "query.lua");
        await File.WriteAllTextAsync(
            script,
            $"""
            wrk.method = "POST"
            wrk.body = [[{DashboardQueries.All[0].Request}]]
            wrk.headers["Content-Type"] = "application/json"
            """,
            cancellationToken
        );
        using var gate = await star.OpenGateAsync(CacheBytes, cancellationToken);
        var parts = new ServerParts(gate, () => star.Project.Folder, star.Platform, TimeProvider.System);
        await using var app = HeadwaterServer.Build(new ServerOptions { Port = 0 }, parts);
        await app.StartAsync(cancellationToken);
        var url = app.Urls.First() + "/api/v1/query";
        var usual = await Wrk.LoadAsync(url, session, script, 100, Seconds, cancellationToken);
        yield return Rate(usual.RequestsPerSecond);
        yield return new Measurement("cached_p99_ms", usual.P99Milliseconds, "ms", Bar.AtMost(AllowedP99));
        var crowd = await Wrk.LoadAsync(url, session, script, 500, Seconds, cancellationToken);
        yield return new Measurement("500 connections", crowd.RequestsPerSecond, "req/s");
        yield return new Measurement("failed requests", usual.Errors + crowd.Errors, "requests", Bar.AtMost(0));
        await app.StopAsync(cancellationToken);
    }

    private static Measurement Rate(double? perSecond) =>
        new("cached_rps", perSecond, "req/s", Bar.AtLeast(RequestsPerSecond));
}
