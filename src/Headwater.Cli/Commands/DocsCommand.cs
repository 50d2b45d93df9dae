using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Cli.Output.Documents;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Artifacts;
using Headwater.Modeling.Lineage;

namespace Headwater.Cli.Commands;

/// <summary>
/// <c>headwater docs generate</c>: writes <c>manifest.json</c>, <c>catalog.json</c> and <c>lineage.json</c>; <c>docs lineage</c> answers from what is
/// published.
/// </summary>
internal sealed class DocsCommand : ICliCommand
{
    private static readonly Option<bool> NoCompile = new("--no-compile") { Description = "Leave compiled SQL out" };

    private static readonly Option<bool> EmptyCatalog = new("--empty-catalog")
    {
        Description = "Do not ask the warehouse for columns",
    };

    public Command Build(CommandScope scope)
    {
        var generate = new Command("generate", "Write manifest.json, catalog.json and lineage.json")
        {
            NoCompile,
            EmptyCatalog,
        };
        BuildSelection.AddTo(generate);
        generate.SetAction(
            (parsed, cancellationToken) =>
                scope.WithWorkspaceAsync(
                    GlobalOptions.Read(parsed, scope),
                    withFiles: false,
                    async (workspace, project) =>
                    {
                        var problems = new DiagnosticBag();
                        var inspector = workspace.Inspect(project);
                        var compiled = await inspector.CompileAsync(
                            parsed.GetValue(NoCompile) ? [] : project.Manifest.Nodes.Values,
                            problems,
                            cancellationToken
                        );
                        var folder = GlobalOptions.TargetPath(parsed, project);
                        var artifacts = new ArtifactFolder(folder, project.Manifest, TimeProvider.System);
                        await artifacts.WriteCompiledAsync(compiled, cancellationToken);
                        await artifacts.WriteManifestAsync(compiled, cancellationToken);
                        var catalog = parsed.GetValue(EmptyCatalog)
                            ? []
                            : await inspector.ReadCatalogAsync(cancellationToken);
                        await artifacts.WriteCatalogAsync(catalog, cancellationToken);
                        if (!parsed.GetValue(NoCompile))
                        {
                            await artifacts.WriteLineageAsync(
                                ProjectLineage.Trace(project.Manifest, compiled, catalog, problems),
                                cancellationToken
                            );
                        }

                        scope.Diagnostics.Print(problems.Sorted());
                        await scope.Error.WriteLineAsync($"wrote {catalog.Count} relations to {folder}");
                        if (GlobalOptions.OutputOf(parsed) == OutputFormat.Json)
                        {
                            JsonPrinter.Print(
                                new
                                {
                                    succeeded = !problems.HasErrors,
                                    folder,
                                    relations = catalog.Count,
                                    diagnostics = DiagnosticDocument.Of([.. project.Warnings, .. problems]),
                                },
                                scope.Out
                            );
                        }

                        return problems.HasErrors ? CommandRunner.Failed : CommandRunner.Done;
                    },
                    cancellationToken
                )
        );
        return new Command("docs", "Documents for other tools") { generate, LineageCommand.Build(scope) };
    }
}
