using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Compat.Metrics.Manifests;

/// <summary>Reads files that hold several YAML documents.</summary>
internal static class YamlDocuments
{
    /// <summary>The mappings of a file, in order.</summary>
    /// <exception cref="DiagnosticException">A document cannot be read.</exception>
    public static IReadOnlyList<YamlMapping> Read(string path)
    {
        var documents = new List<YamlMapping>();
        var lines = new List<string>();
        foreach (var line in File.ReadLines(path).Append("---"))
        {
            if (line.TrimEnd() != "---")
            {
                lines.Add(line);
                continue;
            }

            var diagnostics = new DiagnosticBag();
            if (YamlReader.Read(string.Join('\n', lines) + "\n", path, diagnostics) is YamlMapping mapping)
            {
                documents.Add(mapping);
            }

            diagnostics.ThrowIfErrors();
            lines.Clear();
        }

        return documents;
    }
}
