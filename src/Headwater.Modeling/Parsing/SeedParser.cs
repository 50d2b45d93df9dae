using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Project.Packages;

namespace Headwater.Modeling.Parsing;

/// <summary>Finds the seeds of a package: its CSV files.</summary>
internal sealed class SeedParser(DraftFactory drafts)
{
    public IEnumerable<NodeDraft> Seeds(ProjectPackage package, ILookup<(string Kind, string Name), NodePatch> patches)
    {
        foreach (var file in PackageFile.All(package, "seed-paths", "seeds", ".csv"))
        {
            var patch = patches[("seed", file.Name)].FirstOrDefault(item => item.Package == package.Name);
            var draft = new NodeDraft
            {
                ResourceType = "seed",
                Name = file.Name,
                Package = package.Name,
                Location = new SourceLocation(file.Display),
                Path = file.Path,
                Fqn = file.Fqn,
                Config = drafts.Config(
                    package.Name,
                    file.Fqn,
                    patch?.Config,
                    new JinjaDict([KeyValuePair.Create("materialized", (object?)"seed")]),
                    "seeds"
                ),
                Patch = patch,
                File = file.FullPath,
            };
            drafts.ApplyProject(draft, "seeds");
            yield return draft;
        }
    }
}
