using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Project.Packages;

namespace Headwater.Modeling.Parsing;

/// <summary>Reads the <c>docs</c> blocks of a project's Markdown files.</summary>
internal sealed class DocsReader(TemplateCache templates, DiagnosticBag diagnostics)
{
    public DocLibrary Read(IReadOnlyList<ProjectPackage> packages)
    {
        var docs = new List<DocBlock>();
        foreach (var package in packages)
        {
            var folders = package
                .Paths("docs-paths")
                .Concat(package.Paths("model-paths", "models"))
                .Concat(package.Paths("seed-paths", "seeds"))
                .Concat(package.Paths("macro-paths", "macros"));
            foreach (var file in package.Files(folders, ".md"))
            {
                // Other Markdown may show Jinja that is not meant to run.
                if (
                    package.ReadText(file) is { } text
                    && text.Contains("enddocs", StringComparison.Ordinal)
                    && templates.TryParse(text, package.DisplayPath(file), diagnostics) is { } template
                )
                {
                    foreach (var block in template.Macros.Where(macro => macro.Tag == "docs"))
                    {
                        var path = Path.GetRelativePath(package.Root, file).Replace('\\', '/');
                        docs.Add(new DocBlock(block.Name, package.Name, path, block.Source.Trim()));
                    }
                }
            }
        }

        return new DocLibrary(docs, packages[^1].Name);
    }
}
