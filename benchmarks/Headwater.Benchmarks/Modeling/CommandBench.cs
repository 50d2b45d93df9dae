using System.Diagnostics;
using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Engine;
using Headwater.Benchmarks.Frame;

namespace Headwater.Benchmarks.Modeling;

/// <summary>
/// Commands as an author runs them: a process each, its start and its artifacts included. Cold is a project just written, whose files the process is
/// the first to read, and of which no parse is kept; warm is the same command again.
/// </summary>
internal static class CommandBench
{
    private const int Runs = 9;

    public static async IAsyncEnumerable<Measurement> RunAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var folder = new BenchFolder();
        var cold = new double[3];
        for (var run = 0; run < cold.Length; run++)
        {
            var fresh = Path.Combine(folder.Path, $"fresh{run}");
            GeneratedProject.Write(fresh);
            cold[run] = await SecondsAsync(fresh, ["parse"], cancellationToken);
        }

        yield return new Measurement("cold parse", Samples.Median(cold) * 1000, "ms", Bar.AtMost(3000));

        var project = Path.Combine(folder.Path, "fresh0");
        yield return new Measurement(
            "warm parse",
            await MedianAsync(project, ["parse"], cancellationToken),
            "ms",
            Bar.AtMost(400)
        );
        var number = 0;
        yield return new Measurement(
            "parse with one model changed",
            await MedianAsync(
                project,
                ["parse"],
                cancellationToken,
                () => GeneratedProject.ChangeOneModel(project, ++number)
            ),
            "ms"
        );
        yield return new Measurement(
            "parse of a project that was parsed before, nothing kept",
            await MedianAsync(project, ["parse", "--no-partial-parse"], cancellationToken),
            "ms"
        );
        yield return new Measurement(
            "warm compile --select of one model",
            await MedianAsync(project, ["compile", "--select", GeneratedProject.OneModel], cancellationToken),
            "ms",
            Bar.AtMost(350)
        );
    }

    private static async Task<double> MedianAsync(
        string project,
        string[] arguments,
        CancellationToken cancellationToken,
        Action? before = null
    )
    {
        await SecondsAsync(project, arguments, cancellationToken);
        var seconds = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            before?.Invoke();
            seconds[run] = await SecondsAsync(project, arguments, cancellationToken);
        }

        return Samples.Median(seconds) * 1000;
    }

    private static async Task<double> SecondsAsync(
        string project,
        string[] arguments,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo(HeadwaterProgram.Path)
        {
            WorkingDirectory = project,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await output;
        return process.ExitCode == 0 ? seconds : throw new InvalidOperationException(await error);
    }
}
