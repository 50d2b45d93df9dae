using Headwater.Kernel.Diagnostics;

namespace Headwater.Project.Resources;

/// <summary>Something a file of the project defines by name. Names of one kind are unique over all packages.</summary>
public interface IResource
{
    string Name { get; }

    /// <summary>The package whose folder defines it.</summary>
    string Package { get; }

    SourceLocation Location { get; }
}
