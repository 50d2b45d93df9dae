using Headwater.Kernel.Diagnostics;

namespace Headwater.Project.Yaml;

/// <summary>A text and the place it was written, so that whoever resolves it later can point there.</summary>
public sealed record LocatedText(string Text, SourceLocation Location)
{
    public override string ToString() => Text;
}
