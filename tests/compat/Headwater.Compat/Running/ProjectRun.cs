using System.Diagnostics;
using System.Text.RegularExpressions;
using Headwater.Compat.Artifacts;
using Headwater.Compat.Comparing;
using Headwater.Compat.Packages;
using Headwater.Compat.Projects;
using Headwater.Compat.Reporting;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Selection;
using Headwater.Project;
using Headwater.Project.Settings;
using Headwater.Warehouse;

namespace Headwater.Compat.Running;

/// <summary>
/// Runs one project: first as it is, to see what builds and what its tests say; then, where dbt's manifest is there, under the settings
/// that it was written with, to compare the compiled code of each node.
/// </summary>
internal sealed partial class ProjectRun(
    KnownProject project,
    string directory,
    PackageShelf shelf,
    IEngine engine,
    ArtifactSchemas? schemas,
    bool atomic
)
{
    private readonly ProjectReport _report = new(project.Folder, engine.Name);
    private readonly string _source = Path.Combine(directory, project.Folder);

    public async Task<ProjectReport> RunAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var scratch = Directory.CreateTempSubdirectory("hw-compat-").FullName;
        try
        {
            var manifest = DbtManifest.Read(_source);
            var main = Prepare(Path.Combine(scratch, "as-is"), manifest);
            var schema = SourceSchema(main) ?? manifest?.TargetSchema ?? "analytics";
            await BuildAsync(main, schema, Path.Combine(scratch, "as-is-home"), cancellationToken);
            if (manifest is not null && engine.Name == "postgres")
            {
                main = Prepare(Path.Combine(scratch, "docs"), manifest);
                DocsSettings.Apply(Path.Combine(main, "dbt_project.yml"));
                await CompareAsync(main, manifest, Path.Combine(scratch, "docs-home"), cancellationToken);
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }

        _report.Elapsed = Stopwatch.GetElapsedTime(start);
        return _report;
    }

    private string Prepare(string root, DbtManifest? manifest)
    {
        Folders.Copy(_source, root);
        var main = Path.GetFullPath(Path.Combine(root, project.Main));
        shelf.Install(main, manifest);
        return main;
    }

    /// <summary>The schema that the sources are read from, which is where the seeds have to go.</summary>
    private string? SourceSchema(string main)
    {
        WriteProfile(main, "public");
        var diagnostics = new DiagnosticBag();
        var manifest = Load(main, new ModelingOptions(), diagnostics);
        return manifest
            ?.Sources.GroupBy(source => source.Relation.Schema, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .Select(group => group.Key)
            .FirstOrDefault();
    }

    private async Task BuildAsync(string main, string schema, string home, CancellationToken cancellationToken)
    {
        WriteProfile(main, schema);
        var diagnostics = new DiagnosticBag();
        var manifest = Load(main, new ModelingOptions(), diagnostics);
        _report.Parsed = manifest is not null && !diagnostics.HasErrors;
        Report("parse", diagnostics.Sorted().Where(problem => problem.Severity == Severity.Error));
        if (manifest is null)
        {
            return;
        }

        _report.Nodes = manifest.Nodes.Values.Count(node => node is not (SourceNode or ExposureNode or SemanticNode));
        var host = await engine.OpenAsync("postgres", home, cancellationToken);
        await using (host)
        {
            var result = await new ModelBuilder(host, manifest, TimeProvider.System).BuildAsync(
                new BuildOptions { Atomic = atomic },
                null,
                cancellationToken
            );
            Count(result);
            if (schemas is not null)
            {
                var folder = Path.Combine(home, "target");
                await ProjectArtifacts.WriteAsync(folder, host, manifest, result, cancellationToken);
                Count(await schemas.ValidateAsync(folder, cancellationToken));
            }
        }
    }

    private void Count(IReadOnlyDictionary<string, IReadOnlyList<ArtifactProblem>> documents)
    {
        foreach (var (document, problems) in documents)
        {
            _report.Artifacts++;
            _report.ArtifactsValid += problems.Count == 0 ? 1 : 0;
            _report.Failures.AddRange(
                problems.Select(problem => new Failure(
                    "artifact",
                    $"{document} {problem.Path}",
                    $"{document} {problem.Place}: {problem.Cause}",
                    ""
                ))
            );
        }
    }

    private void Count(BuildResult result)
    {
        foreach (var outcome in result.Outcomes)
        {
            var isTest = outcome.Node is TestNode or UnitTestNode;
            var succeeded = outcome.Status is NodeStatus.Success or NodeStatus.Warned;
            if (isTest)
            {
                _report.TestsPassed += succeeded ? 1 : 0;
                _report.TestsFailed += succeeded ? 0 : 1;
            }
            else
            {
                _report.Buildable++;
                _report.Built += succeeded ? 1 : 0;
            }

            if (!succeeded)
            {
                var detail = outcome.Diagnostic?.Message ?? outcome.Reason ?? "";
                var cause = outcome.Status == NodeStatus.Skipped ? "something that it needs failed" : Cause(detail);
                _report.Failures.Add(new Failure(isTest ? "test" : "build", outcome.Node.UniqueId, cause, detail));
            }
        }

        var told = result.Outcomes.Select(outcome => outcome.Diagnostic).ToHashSet();
        Report(
            "build",
            result.Diagnostics.Where(problem => problem.Severity == Severity.Error && !told.Contains(problem))
        );
    }

    private async Task CompareAsync(string main, DbtManifest dbt, string home, CancellationToken cancellationToken)
    {
        WriteProfile(main, dbt.TargetSchema);
        var clock = new FixedClock(dbt.StartedAt);
        var diagnostics = new DiagnosticBag();
        var options = new ModelingOptions
        {
            Clock = clock,
            InvocationId = dbt.InvocationId,
            Variables = dbt.SourceSchemas.ToDictionary(pair => pair.Key, pair => (object?)pair.Value),
        };
        var compiled = dbt.Nodes.Where(node => node.Compiled is not null && node.ResourceType != "seed").ToList();
        _report.Compared = compiled.Count;
        if (Load(main, options, diagnostics) is not { } manifest)
        {
            Report("render", diagnostics.Sorted());
            return;
        }

        CountUnmodified(manifest);
        var host = await engine.OpenAsync(dbt.Database, home, cancellationToken);
        await using (host)
        {
            var clocked = new WarehouseHost(new ClockedWarehouse(host.Warehouse, dbt.StartedAt));
            var builder = new ModelBuilder(clocked, manifest, clock);
            await builder.BuildAsync(
                new BuildOptions { Atomic = false, Kinds = BuildKinds.Models | BuildKinds.Seeds },
                null,
                cancellationToken
            );
            foreach (var node in compiled)
            {
                await CompareAsync(builder, manifest, node, cancellationToken);
            }
        }
    }

    // Nothing has changed since dbt wrote its manifest: whatever counts as modified is seen otherwise than dbt sees it.
    private void CountUnmodified(Manifest manifest)
    {
        var state = SelectionState.Read(Path.Combine(_source, "docs"));
        foreach (var node in manifest.Nodes.Values.Where(node => node is RelationNode && state.Knows(node.UniqueId)))
        {
            var changes = ModelBuilder.Changes(manifest, node, state);
            _report.Known++;
            _report.Unmodified += changes.Count == 0 ? 1 : 0;
            _report.Failures.AddRange(
                changes.Select(change => new Failure("state", node.UniqueId, $"state:{change} holds", ""))
            );
        }
    }

    private async Task CompareAsync(
        ModelBuilder builder,
        Manifest manifest,
        DbtNode node,
        CancellationToken cancellationToken
    )
    {
        string actual;
        try
        {
            if (node.ResourceType == "operation")
            {
                actual = await builder.CompileHookAsync(node.UniqueId, cancellationToken) ?? "(no such hook)";
            }
            else if (manifest.Nodes.TryGetValue(node.UniqueId, out var own))
            {
                actual = await builder.CompileAsync(own, cancellationToken);
            }
            else
            {
                _report.Failures.Add(new Failure("render", node.UniqueId, "there is no node of this id", ""));
                return;
            }
        }
        catch (DiagnosticException failure)
        {
            _report.Failures.Add(
                new Failure("render", node.UniqueId, Cause(failure.Diagnostic.Message), failure.Diagnostic.ToString())
            );
            return;
        }

        if (SqlTokens.Difference(node.Compiled!, actual) is { } difference)
        {
            _report.Failures.Add(new Failure("render", node.UniqueId, "the code differs", difference));
        }
        else
        {
            _report.Alike++;
        }
    }

    private static Manifest? Load(string main, ModelingOptions options, DiagnosticBag diagnostics)
    {
        var folder = ProjectFolder.Load(
            new ProjectOptions(main, null, SettingOverrides.None) { Templates = new SettingTemplates(options) },
            diagnostics
        );
        return folder is null ? null : new ModelingWorkspace().Load(folder, options, diagnostics);
    }

    private void WriteProfile(string main, string schema)
    {
        var text = File.ReadAllText(Path.Combine(main, "dbt_project.yml"));
        var profile = ProfileName().Match(text).Groups["name"].Value;
        File.WriteAllText(
            Path.Combine(main, "profiles.yml"),
            $"""
            {profile}:
              target: {engine.Name}
              outputs:
                {engine.Name}:
                  type: {engine.Name}
                  database: postgres
                  dbname: postgres
                  host: localhost
                  user: nobody
                  schema: {schema}
                  threads: 4

            """
        );
    }

    private void Report(string stage, IEnumerable<Diagnostic> problems)
    {
        foreach (var problem in problems)
        {
            _report.Failures.Add(
                new Failure(stage, problem.Location?.ToString() ?? "", Cause(problem.Message), problem.ToString())
            );
        }
    }

    // Names and numbers are left out, so that alike failures are one cause.
    private static string Cause(string message)
    {
        var line = message.Split('\n')[0];
        var cause = Particular().Replace(line, "…");
        return cause.Length > 160 ? cause[..160] + "…" : cause;
    }

    [GeneratedRegex(
        @"'[^']*'|""[^""]*""|\b\d+\b|\btest \w+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Particular();

    [GeneratedRegex(
        @"^profile:\s*['""]?(?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex ProfileName();
}
