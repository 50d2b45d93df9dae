namespace Headwater.Modeling.Graph;

/// <summary>A <c>docs</c> block of a Markdown file.</summary>
/// <param name="Path">The file, relative to its package.</param>
/// <param name="Text">Its text without the blanks around it.</param>
public sealed record DocBlock(string Name, string Package, string Path, string Text)
{
    /// <summary>dbt's id: <c>doc.package.name</c>.</summary>
    public string UniqueId => $"doc.{Package}.{Name}";
}
