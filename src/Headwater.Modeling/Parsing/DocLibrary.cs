using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Parsing;

/// <summary>The <c>docs</c> blocks of a project and its packages. Immutable and safe for several threads.</summary>
internal sealed class DocLibrary
{
    private readonly string _root;
    private readonly Dictionary<string, List<DocBlock>> _byName = new(StringComparer.Ordinal);

    /// <param name="blocks">The blocks; of two of one package and name the later counts.</param>
    /// <param name="rootPackage">The project's own name.</param>
    public DocLibrary(IEnumerable<DocBlock> blocks, string rootPackage)
    {
        _root = rootPackage;
        foreach (var block in blocks)
        {
            if (!_byName.TryGetValue(block.Name, out var same))
            {
                _byName[block.Name] = same = [];
            }

            same.RemoveAll(other => other.Package == block.Package);
            same.Add(block);
        }
    }

    public IEnumerable<DocBlock> All => _byName.Values.SelectMany(same => same);

    /// <summary>The block that <c>doc()</c> means: of the package that is named, else of the one that asks, else of the project, else of any.</summary>
    public DocBlock? Find(string name, string? package, string from)
    {
        if (!_byName.TryGetValue(name, out var same))
        {
            return null;
        }

        return package is not null
            ? same.Find(block => block.Package == package)
            : same.Find(block => block.Package == from) ?? same.Find(block => block.Package == _root) ?? same[^1];
    }
}
