using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Project.Resources.Access;

/// <summary>A case of <c>access/tests/*.yml</c>: as someone, a question gives some rows, or is refused.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="User">The user who asks; null for one with just the roles and attributes that are given.</param>
/// <param name="Sql">The question in SQL; null for one in metrics.</param>
/// <param name="Rows">The rows in any order, values as text, null for none.</param>
/// <param name="Refused">The code of the diagnostic, where the question must be refused.</param>
public sealed record AccessTestDefinition(
    string Name,
    string Package,
    SourceLocation Location,
    string? User,
    IReadOnlyList<string> Roles,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes,
    string? Sql,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<string> GroupBy,
    IReadOnlyList<string> Where,
    IReadOnlyList<IReadOnlyList<string?>>? Rows,
    string? Refused
) : IResource;
