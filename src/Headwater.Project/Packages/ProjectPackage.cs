using System.Collections.Concurrent;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Threading;
using Headwater.Project.Inputs;
using Headwater.Project.Yaml;

namespace Headwater.Project.Packages;

/// <summary>One folder with a <c>dbt_project.yml</c>: the project itself, or a package that it installs.</summary>
public sealed class ProjectPackage
{
    private readonly ConcurrentDictionary<string, Lazy<YamlMapping?>> _yaml = new(StringComparer.Ordinal);
    private readonly DiagnosticBag _diagnostics;
    private readonly string _projectRoot;
    private readonly ProjectFiles _files;

    internal ProjectPackage(
        string root,
        string projectRoot,
        YamlMapping file,
        ProjectFiles files,
        DiagnosticBag diagnostics
    )
    {
        Root = root;
        File = file;
        _projectRoot = projectRoot;
        _files = files;
        _diagnostics = diagnostics;
        Name = (file["name"] as YamlScalar)?.Text ?? "";
    }

    /// <summary>The <c>name:</c> of its project file; macros and models are addressed by it.</summary>
    public string Name { get; }

    /// <summary>Absolute path of the folder.</summary>
    public string Root { get; }

    /// <summary>The whole <c>dbt_project.yml</c>.</summary>
    public YamlMapping File { get; }

    /// <summary>The folders of a path setting such as <c>model-paths</c>, relative to <see cref="Root"/>.</summary>
    public IReadOnlyList<string> Paths(string key, params string[] byDefault) =>
        File[key] switch
        {
            YamlSequence sequence => [.. sequence.Items.OfType<YamlScalar>().Select(item => item.Text)],
            YamlScalar { IsNull: false } scalar => [scalar.Text],
            _ => byDefault,
        };

    /// <summary>Absolute paths of the files below some folders that end in one of the extensions, in ordinal order.</summary>
    /// <param name="folders">Folders relative to <see cref="Root"/>; absent ones hold nothing.</param>
    /// <param name="extensions">With the dot, in lower case.</param>
    public IReadOnlyList<string> Files(IEnumerable<string> folders, params string[] extensions)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            files.UnionWith(_files.Below(Path.Combine(Root, folder), extensions));
        }

        return [.. files];
    }

    /// <summary>The YAML property files of models, seeds, snapshots, macros and tests, read once. On all cores; in ordinal order. Unreadable ones are reported and left out.</summary>
    public IReadOnlyList<YamlMapping> PropertyFiles()
    {
        var folders = Paths("model-paths", "models")
            .Concat(Paths("seed-paths", "seeds"))
            .Concat(Paths("snapshot-paths", "snapshots"))
            .Concat(Paths("macro-paths", "macros"))
            .Concat(Paths("test-paths", "tests"))
            .Concat(Paths("analysis-paths", "analyses"));
        return [.. OnAllCores.Select(Files(folders, ".yml", ".yaml"), Yaml).OfType<YamlMapping>()];
    }

    /// <summary>A YAML file as a mapping, read once; null if it is empty or was reported as broken.</summary>
    /// <param name="path">Absolute path.</param>
    public YamlMapping? Yaml(string path) =>
        _yaml
            .GetOrAdd(
                path,
                static (path, package) =>
                    new Lazy<YamlMapping?>(() =>
                        ReadMapping(package._files, path, package.DisplayPath(path), package._diagnostics)
                    ),
                this
            )
            .Value;

    /// <summary>A path as shown to people: relative to the project, with forward slashes.</summary>
    public string DisplayPath(string path) => Path.GetRelativePath(_projectRoot, path).Replace('\\', '/');

    /// <summary>Text of a file; reports HW1002 and returns null if it cannot be read.</summary>
    public string? ReadText(string path) => ReadText(_files, path, DisplayPath(path), _diagnostics);

    /// <summary>Whether a file is there.</summary>
    /// <param name="path">Absolute path.</param>
    public bool HasFile(string path) => _files.Exists(path);

    internal static YamlMapping? ReadMapping(ProjectFiles files, string path, string display, DiagnosticBag diagnostics)
    {
        if (ReadText(files, path, display, diagnostics) is not { } text)
        {
            return null;
        }

        var node = YamlReader.Read(text, display, diagnostics);
        if (node is null or YamlMapping or YamlScalar { IsNull: true })
        {
            return node as YamlMapping;
        }

        diagnostics.Add(
            ProjectDiagnostics.WrongType.At(node.Location, display, "a mapping", node.Description) with
            {
                Hint = "the file holds keys, each at the beginning of a line with a colon behind it",
            }
        );
        return null;
    }

    private static string? ReadText(ProjectFiles files, string path, string display, DiagnosticBag diagnostics)
    {
        try
        {
            return files.ReadText(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(ProjectDiagnostics.FileUnreadable.At(new SourceLocation(display), problem.Message));
            return null;
        }
    }
}
