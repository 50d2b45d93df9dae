using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Cli.Output.Documents;
using Headwater.Cli.Serving;
using Headwater.Modeling.Artifacts;
using Headwater.Modeling.Building;
using Headwater.Platform.Projects;
using Headwater.Platform.Workspaces;

namespace Headwater.Cli.Commands;

/// <summary>A command that builds some kinds of nodes: one class a command.</summary>
internal abstract class BuildingCommand(string name, string description, BuildKinds kinds) : ICliCommand
{
    protected string Name { get; } = name;

    public virtual Command Build(CommandScope scope)
    {
        var command = new Command(Name, description);
        BuildSelection.AddBuildingTo(command);
        AddOptions(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                scope.WithWorkspaceAsync(
                    GlobalOptions.Read(parsed, scope),
                    withFiles: Lands(parsed),
                    (workspace, project) => RunAsync(scope, parsed, workspace, project, cancellationToken),
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Whether the sources that the selection reads are landed first.</summary>
    protected virtual bool Lands(ParseResult parsed) => false;

    protected virtual void AddOptions(Command command) { }

    protected virtual Task<int> RunAsync(
        CommandScope scope,
        ParseResult parsed,
        Workspace workspace,
        LoadedProject project,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            scope,
            parsed,
            new BuildRequest(BuildSelection.Read(parsed, scope, project, Name, kinds), Lands(parsed)),
            workspace,
            project,
            cancellationToken
        );

    /// <summary>Builds, says what became of it, and writes what programs read.</summary>
    public static async Task<int> RunAsync(
        CommandScope scope,
        ParseResult parsed,
        BuildRequest request,
        Workspace workspace,
        LoadedProject project,
        CancellationToken cancellationToken
    )
    {
        var progress = new ProgressPrinter(scope.Error);
        var report = await workspace.BuildAsync(project, request, "command line", progress, cancellationToken);
        progress.Close(report);
        if (
            report.Succeeded
            && request.Options is { Select.Count: 0, Exclude.Count: 0, Only: null, Kinds: BuildKinds.All }
        )
        {
            await FirstBuild.RememberAsync(workspace, project, cancellationToken);
        }

        if (report.Build is { } build)
        {
            var artifacts = new ArtifactFolder(
                GlobalOptions.TargetPath(parsed, project),
                project.Manifest,
                TimeProvider.System
            );
            var compiled = build
                .Outcomes.Where(outcome => outcome is { CompiledSql.Length: > 0 })
                .ToDictionary(
                    outcome => outcome.Node.UniqueId,
                    outcome => outcome.CompiledSql!,
                    StringComparer.Ordinal
                );
            await artifacts.WriteCompiledAsync(compiled, cancellationToken);
            await artifacts.WriteManifestAsync(compiled, cancellationToken);
            await artifacts.WriteRunResultsAsync(build, request.Options.Command, cancellationToken);
        }

        scope.Diagnostics.Print(report.Diagnostics);
        Print(BuildDocument.Of(report, project.Warnings, scope.Diagnostics), GlobalOptions.OutputOf(parsed), scope.Out);
        return report.Succeeded ? CommandRunner.Done : CommandRunner.Failed;
    }

    /// <summary>Writes what a build did for programs; people have read it as it happened.</summary>
    public static void Print(BuildDocument document, OutputFormat format, TextWriter output)
    {
        switch (format)
        {
            case OutputFormat.Json:
                JsonPrinter.Print(document, output);
                break;
            case OutputFormat.Csv:
                CsvTable.Print([NodeDocument.Heading, .. document.Nodes.Select(node => node.Row)], output);
                break;
        }
    }
}

/// <summary><c>headwater run</c>: models alone.</summary>
internal sealed class RunCommand() : BuildingCommand("run", "Build models, without tests", BuildKinds.Models);

/// <summary><c>headwater test</c>: tests of what is published.</summary>
internal sealed class TestCommand()
    : BuildingCommand("test", "Test what is published", BuildKinds.Tests | BuildKinds.UnitTests);

/// <summary><c>headwater snapshot</c>: what rows were.</summary>
internal sealed class SnapshotCommand() : BuildingCommand("snapshot", "Take the snapshots", BuildKinds.Snapshots);
