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
    private const double AllowedSumOfRollups = 0.25;
    private const double AllowedFactor = 1.3;
    private const double AllowedMilliseconds = 2;

    /// <summary>All ten over the tables themselves.</summary>
    public static async IAsyncEnumerable<Measurement> RunAsync(
        PharmaStar star,
        string session,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var all = new List<(double Ours, double Baseline)[]>();
        await foreach (var (query, timings) in TimeAsync(star, session, DashboardQueries.All, cancellationToken))
        {
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

        yield return Sum("uncached_ratio", all, AllowedSum);
    }

    /// <summary>With rollups, the nine that one can answer; and the tenth by itself.</summary>
    public static async IAsyncEnumerable<Measurement> RunWithRollupsAsync(
        PharmaStar star,
        string session,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await star.BuildRollupsAsync(cancellationToken);
        var nine = new List<(double Ours, double Baseline)[]>();
        await foreach (var (query, timings) in TimeAsync(star, session, DashboardQueries.All, cancellationToken))
        {
            if (query.HasRollup)
            {
                nine.Add(timings);
            }

            yield return new Measurement(
                $"{query.Name}, with rollups",
                Samples.Together([timings]).OursSeconds * 1000,
                "ms"
            );
        }

        yield return Sum("rollup_ratio", nine, AllowedSumOfRollups);
    }

    private static Measurement Sum(string name, List<(double Ours, double Baseline)[]> works, double allowed)
    {
        var sum = Samples.Together(works);
        return new Measurement(name, sum.Ratio, "x", Bar.AtMost(allowed)) { Confidence = sum.Confidence };
    }

    private static async IAsyncEnumerable<(DashboardQuery Query, (double Ours, double Baseline)[] Timings)> TimeAsync(
        PharmaStar star,
        string session,
        IEnumerable<DashboardQuery> queries,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var gate = await star.OpenGateAsync(cacheBytes: 0, cancellationToken);
        var parts = new ServerParts(gate, () => star.Project.Folder, star.Platform, TimeProvider.System);
        await using var app = HeadwaterServer.Build(new ServerOptions { Port = 0 }, parts);
        await app.StartAsync(cancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Add("Cookie", $"hw_session={session}");
        foreach (var query in queries)
        {
            await AnswersAgree.CheckAsync(star, client, query, cancellationToken);
            var timings = await Samples.TimePairsAsync(
                Pairs,
                () => AskAsync(client, query, cancellationToken),
                () => RunBareAsync(star, query, cancellationToken)
            );
            yield return (query, timings);
        }

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
