using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Cli.Output.Documents;
using Headwater.Modeling.Artifacts;
using Headwater.Modeling.Freshness;
using Headwater.Modeling.Graph;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater source freshness</c>: how old the data of sources are.</summary>
internal sealed class SourceCommand : ICliCommand
{
    private static readonly string[] Heading = ["source", "status", "newest row", "age", ""];

    public Command Build(CommandScope scope)
    {
        var freshness = new Command("freshness", "Say how old the data of sources are");
        BuildSelection.AddTo(freshness);
        freshness.SetAction(
            (parsed, cancellationToken) =>
                scope.WithInspectorAsync(
                    GlobalOptions.Read(parsed, scope),
                    async (inspector, project) =>
                    {
                        var start = Stopwatch.GetTimestamp();
                        var sources = BuildSelection.Nodes(parsed, scope, project).OfType<SourceNode>();
                        var results = await inspector.CheckFreshnessAsync(sources, cancellationToken);
                        await new ArtifactFolder(
                            GlobalOptions.TargetPath(parsed, project),
                            project.Manifest,
                            TimeProvider.System
                        ).WriteSourcesAsync(results, Stopwatch.GetElapsedTime(start), cancellationToken);
                        Print(results, GlobalOptions.OutputOf(parsed), scope.Out);
                        return results.Any(result => result.Status is FreshnessStatus.TooOld or FreshnessStatus.Error)
                            ? CommandRunner.Failed
                            : CommandRunner.Done;
                    },
                    cancellationToken
                )
        );
        return new Command("source", "The sources of the project") { freshness };
    }

    private static void Print(IReadOnlyList<FreshnessResult> results, OutputFormat format, TextWriter output)
    {
        var documents = results.Select(FreshnessDocument.Of);
        switch (format)
        {
            case OutputFormat.Json:
                JsonPrinter.Print(new { sources = documents }, output);
                break;
            case OutputFormat.Csv:
                CsvTable.Print([FreshnessDocument.Heading, .. documents.Select(source => source.Row)], output);
                break;
            default:
                PrintTable(results, output);
                break;
        }
    }

    // The two largest units: nobody needs the minutes of last month.
    private static string Spoken(TimeSpan age) =>
        age switch
        {
            { Days: > 0 } => $"{age.Days} day{(age.Days == 1 ? "" : "s")} {age.Hours} h",
            { Hours: > 0 } => $"{age.Hours} h {age.Minutes} min",
            _ => $"{age.Minutes} min",
        };

    private static void PrintTable(IReadOnlyList<FreshnessResult> results, TextWriter output)
    {
        var rows = new List<string[]> { Heading };
        rows.AddRange(
            results.Select(result =>
                new[]
                {
                    $"{result.Source.SourceName}.{result.Source.Name}",
                    result.Status switch
                    {
                        FreshnessStatus.Fresh => "fresh",
                        FreshnessStatus.Warned => "WARN",
                        FreshnessStatus.TooOld => "TOO OLD",
                        _ => "ERROR",
                    },
                    result.LoadedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
                        ?? "never",
                    result.Age is { } age ? Spoken(age) : "",
                    result.Error ?? "",
                }
            )
        );
        TextTable.Print(rows, [false, false, false, true, false], output);
    }
}
