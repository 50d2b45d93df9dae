using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Frame;
using Headwater.Platform;
using Headwater.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headwater.Benchmarks.Serving;

/// <summary>
/// A dashboard's data over HTTP on loopback, from a warm cache, with session, policy and audit on each request. The load is made by <c>wrk</c> on the
/// same machine, so its share of the processors is in the figures.
/// </summary>
internal static class HttpBench
{
    private const double RequestsPerSecond = 15_000;
    private const int Seconds = 8;

    private static readonly (string Name, string Path)[] Requests =
    [
        ("whole dashboard", "/api/v1/dashboards/star/data"),
        ("one tile", "/api/v1/dashboards/star/tiles/r1c0/data"),
    ];

    private static readonly int[] Connections = [50, 500];

    /// <param name="searchPath">Folders in which <c>wrk</c> is looked for. Where it is missing, its bars are missed.</param>
    /// <param name="told">Where to say that it is missing.</param>
    public static async IAsyncEnumerable<Measurement> RunAsync(
        string searchPath,
        TextWriter told,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (!Wrk.IsIn(searchPath))
        {
            await told.WriteLineAsync(
                "Dashboards over HTTP cannot be measured without 'wrk', so their bars are missed: install it (Debian: apt-get install wrk) and run ./bench serving again."
            );
            foreach (var (name, _) in Requests)
            {
                foreach (var connections in Connections)
                {
                    yield return Rate(name, connections, null);
                }
            }

            yield break;
        }

        var home = Directory.CreateTempSubdirectory("headwater-bench-").FullName;
        var platform = await PlatformHost.OpenAsync(
            new PlatformOptions(home),
            TimeProvider.System,
            NullLogger.Instance,
            cancellationToken
        );
        await using (platform)
        {
            await using var star = await StarProject.OpenAsync(
                1_000_000,
                256_000_000,
                platform.Audit,
                cancellationToken
            );
            var regions = new Dictionary<string, IReadOnlyList<string>> { ["regions"] = ["East", "West"] };
            var user = await platform.Users.AddAsync("bench", "Bench", null, ["reader"], regions, cancellationToken);
            var link = await platform.SignIn.MakeLinkAsync(user, cancellationToken);
            var session = await platform.SignIn.ByLinkAsync(link, null, cancellationToken);
            var parts = new ServerParts(star.Gate, () => star.Project, platform, TimeProvider.System);
            await using var app = HeadwaterServer.Build(new ServerOptions { Port = 0 }, parts);
            await app.StartAsync(cancellationToken);
            var url = app.Urls.First();
            foreach (var (name, path) in Requests)
            {
                foreach (var connections in Connections)
                {
                    var load = await Wrk.LoadAsync(url + path, session, null, connections, Seconds, cancellationToken);
                    yield return Rate(name, connections, load.RequestsPerSecond);
                    yield return new Measurement($"{name}, {connections} connections, p99", load.P99Milliseconds, "ms");
                    yield return new Measurement(
                        $"{name}, {connections} connections, failed",
                        load.Errors,
                        "requests",
                        Bar.AtMost(0)
                    );
                }
            }

            await app.StopAsync(cancellationToken);
        }

        Directory.Delete(home, recursive: true);
    }

    private static Measurement Rate(string request, int connections, double? perSecond) =>
        new($"{request}, {connections} connections", perSecond, "req/s", Bar.AtLeast(RequestsPerSecond));
}
