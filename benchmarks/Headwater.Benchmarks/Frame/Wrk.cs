using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Headwater.Benchmarks.Frame;

/// <summary>What a server bore.</summary>
/// <param name="Errors">Requests that failed, by the connection or by their status.</param>
internal sealed record Load(double RequestsPerSecond, double P99Milliseconds, double Errors);

/// <summary>The load generator <c>wrk</c>, on the same machine: its share of the processors is in the figures.</summary>
internal static partial class Wrk
{
    private const int WarmingSeconds = 2;

    /// <param name="searchPath">Folders to look in.</param>
    public static bool IsIn(string searchPath) =>
        searchPath.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "wrk")));

    /// <summary>Asks one thing again and again.</summary>
    /// <param name="session">The session's cookie.</param>
    /// <param name="script">A script that makes the requests; null for GET.</param>
    public static async Task<Load> LoadAsync(
        string url,
        string session,
        string? script,
        int connections,
        int seconds,
        CancellationToken cancellationToken
    )
    {
        // The first seconds compile and warm: they are not counted.
        await RunAsync(url, session, script, connections, WarmingSeconds, cancellationToken);
        var said = await RunAsync(url, session, script, connections, seconds, cancellationToken);
        var errors = SocketErrors().Match(said) is { Success: true } sockets
            ? sockets.Groups["count"].Captures.Sum(capture => double.Parse(capture.Value, CultureInfo.InvariantCulture))
            : 0;
        var refused = NotOk().Match(said) is { Success: true } bad
            ? double.Parse(bad.Groups["count"].Value, CultureInfo.InvariantCulture)
            : 0;
        return new Load(
            double.Parse(PerSecond().Match(said).Groups["rate"].Value, CultureInfo.InvariantCulture),
            Milliseconds(Slowest().Match(said)),
            errors + refused
        );
    }

    private static async Task<string> RunAsync(
        string url,
        string session,
        string? script,
        int connections,
        int seconds,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (
            var argument in (string[])
                [
                    "-t1",
                    $"-c{connections}",
                    $"-d{seconds}s",
                    "--latency",
                    "-H",
                    $"Cookie: hw_session={session}",
                    .. script is null ? Array.Empty<string>() : ["-s", script],
                    url,
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return said;
    }

    private static double Milliseconds(Match match)
    {
        var value = double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch
        {
            "us" => value / 1000,
            "s" => value * 1000,
            _ => value,
        };
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PerSecond();

    [GeneratedRegex(
        @"99%\s+(?<value>[\d.]+)(?<unit>us|ms|s)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Slowest();

    [GeneratedRegex(
        @"Socket errors: connect (?<count>\d+), read (?<count>\d+), write (?<count>\d+), timeout (?<count>\d+)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex SocketErrors();

    [GeneratedRegex(
        @"Non-2xx or 3xx responses: (?<count>\d+)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex NotOk();
}
