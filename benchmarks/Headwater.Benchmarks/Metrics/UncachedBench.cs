using System.Runtime.CompilerServices;
using System.Text;
using Headwater.Benchmarks.Frame;
using Headwater.Server;

namespace Headwater.Benchmarks.Metrics;

/// <summary>
/// The ten questions over HTTP on loopback, with session, policy, audit and JSON, without cache, in turns with the hand-written SQL in the bare engine,
/// whose rows are fetched and thrown away.
/// </summary>
internal static class UncachedBench
{
    private const int Pairs = 30;
    private const double AllowedSum = 1.05;
    private const double AllowedFactor = 1.3;
    private const double AllowedMilliseconds = 2;

    public static async IAsyncEnumerable<Measurement> RunAsync(
        PharmaStar star,
        string session,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var gate = await star.OpenGateAsync(cacheBytes: 0, cancellationToken);
        var parts = new ServerParts(gate, () => star.Project.Folder, star.Platform, TimeProvider.System);
        await using var app = HeadwaterServer.Build(new ServerOptions { Port = 0 }, parts);
        await app.StartAsync(cancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Add("Cookie", $"hw_session={session}");
        var all = new List<(double Ours, double Baseline)[]>();
        foreach (var query in DashboardQueries.All)
        {
            await AnswersAgree.CheckAsync(star, client, query, cancellationToken);
            var timings = await Samples.TimePairsAsync(
                Pairs,
                () => AskAsync(client, query, cancellationToken),
                () => RunBareAsync(star, query, cancellationToken)
            );
            all.Add(timings);
            var one = Samples.Together([timings]);
            yield return new Measurement($"{query.Name}, the engine itself", one.BaselineSeconds * 1000, "ms");
            yield return new Measurement(
                query.Name,
                one.OursSeconds * 1000,
                "ms",
                Bar.AtMost((AllowedFactor * one.BaselineSeconds * 1000) + AllowedMilliseconds)
            );
        }

        var sum = Samples.Together(all);
        yield return new Measurement("uncached_ratio", sum.Ratio, "x", Bar.AtMost(AllowedSum))
        {
            Confidence = sum.Confidence,
        };
        await app.StopAsync(cancellationToken);
    }

    private static async Task AskAsync(HttpClient client, DashboardQuery query, CancellationToken cancellationToken)
    {
        using var body = new StringContent(query.Request, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/api/v1/query", body, cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private static Task RunBareAsync(PharmaStar star, DashboardQuery query, CancellationToken cancellationToken)
    {
        using var statement = star.Bare.Prepare(query.Sql);
        using var chunks = statement.ExecuteStreaming(cancellationToken);
        while (chunks.Fetch(cancellationToken) is { } chunk)
        {
            chunk.Dispose();
        }

        return Task.CompletedTask;
    }
}
