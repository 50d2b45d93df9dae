using Headwater.Jinja;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Parsing;
using Headwater.Jinja.Syntax;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Threading;
using Headwater.Modeling.Rendering;
using Headwater.Project.Packages;

namespace Headwater.Modeling.Parsing;

/// <summary>Reads nodes that are SQL: parses each file and renders it once with <c>execute</c> false, to learn its config and what it reads.</summary>
internal sealed class SqlParser(ParsedProject project, DraftFactory drafts, DiagnosticBag diagnostics)
{
    /// <summary>Says of models in Python that they are left out, and gives their names.</summary>
    public IReadOnlyCollection<string> PythonModels(ProjectPackage package)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in PackageFile.All(package, "model-paths", "models", ".py"))
        {
            names.Add(file.Name);
            diagnostics.Add(ModelingDiagnostics.PythonModel.At(new SourceLocation(file.Display), file.Name));
        }

        return names;
    }

    public IEnumerable<NodeDraft> Models(
        ProjectPackage package,
        ILookup<(string Kind, string Name), NodePatch> patches
    ) =>
        OnAllCores
            .Select(
                [.. PackageFile.All(package, "model-paths", "models", ".sql")],
                file =>
                {
                    var patch = patches[("model", file.Name)].FirstOrDefault(item => item.Package == package.Name);
                    return Read(package, file, "model", patch, Materialized("view"), "models");
                }
            )
            .OfType<NodeDraft>()
            .ToList();

    public IEnumerable<NodeDraft> Analyses(
        ProjectPackage package,
        ILookup<(string Kind, string Name), NodePatch> patches
    ) =>
        PackageFile
            .All(package, "analysis-paths", "analyses", ".sql")
            .Select(file =>
            {
                var patch = patches[("analysis", file.Name)].FirstOrDefault(item => item.Package == package.Name);
                var inAnalysis = file with { Fqn = [package.Name, "analysis", .. file.Fqn.Skip(1)] };
                return Read(package, inAnalysis, "analysis", patch, null, "analyses");
            })
            .OfType<NodeDraft>()
            .ToList();

    public IEnumerable<NodeDraft> SingularTests(ProjectPackage package) =>
        PackageFile
            .All(package, "test-paths", "tests", ".sql")
            .Where(file => !file.Fqn.Skip(1).SkipLast(1).Any(folder => folder is "generic" or "fixtures"))
            .Select(file => Read(package, file, "test", null, null, "data_tests", "tests"))
            .OfType<NodeDraft>()
            .ToList();

    /// <summary>The blocks of the snapshot files, and the snapshots that properties files write whole.</summary>
    public IEnumerable<NodeDraft> Snapshots(
        ProjectPackage package,
        ILookup<(string Kind, string Name), NodePatch> patches
    )
    {
        foreach (var file in PackageFile.All(package, "snapshot-paths", "snapshots", ".sql"))
        {
            if (
                package.ReadText(file.FullPath) is not { } text
                || project.Templates.TryParse(text, file.Display, diagnostics) is not { } template
            )
            {
                continue;
            }

            foreach (var (index, block) in template.Macros.Index().Where(macro => macro.Item.Tag == "snapshot"))
            {
                var inFile = file with { Name = block.Name, Fqn = [.. file.Fqn, block.Name] };
                var patch = patches[("snapshot", block.Name)].FirstOrDefault(item => item.Package == package.Name);
                yield return Draft(
                    package,
                    inFile,
                    "snapshot",
                    patch,
                    Materialized("snapshot"),
                    template.Within(index),
                    block.Source,
                    "snapshots"
                );
            }
        }

        foreach (var patch in patches.SelectMany(group => group).Where(patch => patch.Package == package.Name))
        {
            if (patch is not { Kind: "snapshot", SnapshotOf: { } source })
            {
                continue;
            }

            var text = "select * from {{ " + source.Text + " }}";
            var start = new Position(Math.Max(1, source.Location.Line), Math.Max(1, source.Location.Column));
            if (project.Templates.TryParse(text, source.Location.File, diagnostics, start) is { } template)
            {
                IReadOnlyList<string> fqn =
                [
                    package.Name,
                    .. patch.Folders,
                    System.IO.Path.GetFileNameWithoutExtension(patch.Path),
                    patch.Name.Text,
                ];
                var file = new PackageFile(patch.Path, patch.Name.Location.File, patch.Path, patch.Name.Text, fqn);
                yield return Draft(
                    package,
                    file,
                    "snapshot",
                    patch,
                    Materialized("snapshot"),
                    template,
                    text,
                    "snapshots"
                );
            }
        }
    }

    private NodeDraft? Read(
        ProjectPackage package,
        PackageFile file,
        string type,
        NodePatch? patch,
        JinjaDict? defaults,
        params string[] section
    )
    {
        if (
            package.ReadText(file.FullPath) is not { } text
            || project.Templates.TryParse(text, file.Display, diagnostics) is not { } template
        )
        {
            return null;
        }

        return Draft(package, file, type, patch, defaults, template, text, section);
    }

    private NodeDraft Draft(
        ProjectPackage package,
        PackageFile file,
        string type,
        NodePatch? patch,
        JinjaDict? defaults,
        JinjaTemplate template,
        string text,
        params string[] section
    )
    {
        var version = patch?.Version;
        IReadOnlyList<string> fqn = version is null
            ? file.Fqn
            : [.. file.Fqn.SkipLast(1), patch!.Name.Text, $"v{version.Number}"];
        var draft = new NodeDraft
        {
            ResourceType = type,
            Name = version is null ? file.Name : patch!.Name.Text,
            UniqueIdSuffix = version is null ? null : $".v{version.Number}",
            Package = package.Name,
            Location = new SourceLocation(file.Display),
            Path = file.Path,
            Fqn = fqn,
            Config = drafts.Config(package.Name, fqn, patch?.Config, defaults, section),
            Patch = patch,
            Template = template,
            RawSql = text,
        };
        var before = type == "model" && project.KeepsExplorations ? Exploration.Copied(draft.Config) : null;
        var readsMoment = false;
        var seen = before is null ? project : project with { MomentRead = () => readsMoment = true };
        var asksForMore = new Explorer(seen, diagnostics).Explore(
            draft,
            (context, session) => session.Render(template, context.Names)
        );
        if (before is not null && !asksForMore)
        {
            var found = Exploration.Copied(draft.Config);
            draft.Explored = new Exploration(file.FullPath, before, found, [.. draft.Refs], readsMoment);
        }
        else if (readsMoment)
        {
            project.MomentRead?.Invoke();
        }

        drafts.ApplyProject(draft, section);
        new MacroCallCheck(project, diagnostics).Check(template, package.Name);
        return draft;
    }

    private static JinjaDict Materialized(string byDefault) =>
        new([KeyValuePair.Create("materialized", (object?)byDefault)]);
}
