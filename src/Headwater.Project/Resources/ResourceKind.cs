using Headwater.Kernel.Diagnostics;
using Headwater.Project.Packages;
using Headwater.Project.Settings;
using Headwater.Project.Yaml;

namespace Headwater.Project.Resources;

/// <summary>One kind of resource: the folder its files are in and how one file is read. A new kind is one subclass.</summary>
public abstract class ResourceKind<T>
    where T : class, IResource
{
    /// <summary>What one is called in messages: "source".</summary>
    public abstract string Noun { get; }

    /// <summary>The folder below a package whose YAML files hold this kind.</summary>
    public abstract string Folder { get; }

    /// <summary>Folders below it whose files are of another kind.</summary>
    protected virtual IReadOnlyList<string> Others => [];

    /// <summary>Reads what one file defines, reporting all that is wrong with it.</summary>
    protected abstract IEnumerable<T> Read(MappingReader reader, ResourceContext context);

    /// <summary>Every resource of this kind over all packages. Of two with one name the first is kept and both files are reported.</summary>
    internal IReadOnlyList<T> Load(
        IReadOnlyList<ProjectPackage> packages,
        SettingOverrides overrides,
        DiagnosticBag diagnostics
    )
    {
        var project = packages[^1];
        var projectSources = (project.File["headwater"] as YamlMapping)?["sources"] as YamlMapping;
        var found = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var package in packages)
        {
            var others = package.Files(Others, ".yml", ".yaml");
            foreach (var path in package.Files([Folder], ".yml", ".yaml").Except(others))
            {
                if (package.Yaml(path) is not { } mapping)
                {
                    continue;
                }

                var context = new ResourceContext(package, project.Root, projectSources, overrides, diagnostics);
                foreach (var resource in Read(new MappingReader(mapping, diagnostics), context))
                {
                    if (resource.Name.Length > 0 && !found.TryAdd(resource.Name, resource))
                    {
                        var first = found[resource.Name].Location;
                        diagnostics.Add(
                            ProjectDiagnostics.DuplicateName.At(resource.Location, Noun, resource.Name, first)
                        );
                    }
                }
            }
        }

        return [.. found.Values];
    }
}

/// <summary>What a kind needs to know while it reads a file.</summary>
/// <param name="Package">The package whose file is read.</param>
/// <param name="ProjectRoot">Folder of the project that installs it.</param>
/// <param name="ProjectSources">What that project's <c>headwater.sources</c> lays over sources, by name.</param>
/// <param name="Overrides">What the command line lays over everything.</param>
/// <param name="Diagnostics">Receives what is wrong.</param>
public sealed record ResourceContext(
    ProjectPackage Package,
    string ProjectRoot,
    YamlMapping? ProjectSources,
    SettingOverrides Overrides,
    DiagnosticBag Diagnostics
);
