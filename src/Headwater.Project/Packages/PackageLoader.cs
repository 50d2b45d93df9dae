using Headwater.Kernel.Diagnostics;
using Headwater.Project.Inputs;
using Headwater.Project.Settings;
using Headwater.Project.Yaml;

namespace Headwater.Project.Packages;

/// <summary>Finds the packages that a project installs, and theirs, in an order where each comes after what it depends on.</summary>
internal sealed class PackageLoader(
    string projectRoot,
    ProjectFiles files,
    ISettingTemplates? templates,
    DiagnosticBag diagnostics
)
{
    // What the project file says of itself and of its folders. The rest is rendered by whoever reads it, with more at hand.
    private static readonly string[] Settings =
    [
        "name",
        "version",
        "profile",
        "model-paths",
        "seed-paths",
        "snapshot-paths",
        "macro-paths",
        "test-paths",
        "analysis-paths",
        "docs-paths",
        "asset-paths",
        "packages-install-path",
        "target-path",
        "log-path",
        "clean-targets",
    ];

    private readonly List<ProjectPackage> _loaded = [];
    private readonly List<string> _loading = [];
    private string _installPath = "dbt_packages";

    /// <summary>All packages, the project itself last; empty if it has no project file.</summary>
    public IReadOnlyList<ProjectPackage> Load()
    {
        if (!files.Exists(Path.Combine(projectRoot, "dbt_project.yml")))
        {
            diagnostics.Add(ProjectDiagnostics.ProjectFileMissing.With(projectRoot));
            return [];
        }

        LoadFolder(projectRoot);
        return _loaded;
    }

    private void LoadFolder(string root)
    {
        if (_loaded.Exists(package => package.Root == root))
        {
            return;
        }

        if (_loading.Contains(root))
        {
            var circle = _loading.SkipWhile(folder => folder != root).Append(root).Select(Display);
            diagnostics.Add(ProjectDiagnostics.PackageCycle.With(string.Join(" → ", circle)));
            return;
        }

        var path = Path.Combine(root, "dbt_project.yml");
        if (ProjectPackage.ReadMapping(files, path, Display(path), diagnostics) is not { } file)
        {
            return;
        }

        foreach (var key in Settings)
        {
            if (file[key] is { } value)
            {
                file = file.With(key, templates.Rendered(value, givesSecrets: false, diagnostics));
            }
        }

        new MappingReader(file, diagnostics).RequiredName("name");
        if (root == projectRoot && file["packages-install-path"] is YamlScalar { IsNull: false } installed)
        {
            _installPath = installed.Text;
        }

        _loading.Add(root);
        foreach (var dependency in Dependencies(root))
        {
            LoadFolder(dependency);
        }

        _loading.Remove(root);
        var package = new ProjectPackage(root, projectRoot, file, files, diagnostics);
        if (_loaded.Find(other => other.Name == package.Name) is { } taken)
        {
            diagnostics.Add(ProjectDiagnostics.PackageNameTaken.With(package.Name, Display(taken.Root), Display(root)));
            return;
        }

        _loaded.Add(package);
    }

    private List<string> Dependencies(string root)
    {
        var folders = new List<string>();
        foreach (var name in (string[])["packages.yml", "dependencies.yml"])
        {
            var path = Path.Combine(root, name);
            if (
                !files.Exists(path)
                || ProjectPackage.ReadMapping(files, path, Display(path), diagnostics) is not { } file
            )
            {
                continue;
            }

            var rendered = (YamlMapping)templates.Rendered(file, givesSecrets: true, diagnostics);
            foreach (var entry in new MappingReader(rendered, diagnostics).Mappings("packages"))
            {
                if (Folder(root, entry) is { } folder)
                {
                    folders.Add(folder);
                }
            }
        }

        return folders;
    }

    private string? Folder(string root, MappingReader entry)
    {
        if (entry.LocatedText("local") is { } local)
        {
            var folder = Path.GetFullPath(Path.Combine(root, local.Text));
            if (files.Exists(Path.Combine(folder, "dbt_project.yml")))
            {
                return folder;
            }

            diagnostics.Add(
                ProjectDiagnostics.PackageMissing.At(local.Location, local.Text, "the folder has no dbt_project.yml")
            );
            return null;
        }

        // What dbt's own installer, or the user, put into dbt_packages: the folder is named after the package, a repository rarely is.
        var named =
            entry.LocatedText("package")
            ?? entry.LocatedText("git")
            ?? entry.LocatedText("private")
            ?? (entry.Has("tarball") ? entry.LocatedText("name") : null);
        if (named is null)
        {
            diagnostics.Add(ProjectDiagnostics.MissingKey.At(entry.Location, "local"));
            return null;
        }

        var name = named.Text.TrimEnd('/').Split('/', ':')[^1].Replace(".git", "", StringComparison.Ordinal);
        var folded = name.Replace('-', '_');
        string[] candidates = folded.StartsWith("dbt_", StringComparison.Ordinal)
            ? [name, folded, folded["dbt_".Length..]]
            : [name, folded];
        var installed = candidates
            .Select(candidate => Path.Combine(projectRoot, _installPath, candidate))
            .FirstOrDefault(candidate => files.Exists(Path.Combine(candidate, "dbt_project.yml")));
        if (installed is null)
        {
            diagnostics.Add(
                ProjectDiagnostics.PackageMissing.At(named.Location, named.Text, $"it is not under {_installPath}/")
            );
        }

        return installed;
    }

    private string Display(string path) => Path.GetRelativePath(projectRoot, path).Replace('\\', '/');
}
