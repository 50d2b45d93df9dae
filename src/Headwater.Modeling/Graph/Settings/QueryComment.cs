using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Graph;

/// <summary>A comment at each statement of a build, so that a database's log says what ran it.</summary>
/// <param name="Template">The comment, with Jinja.</param>
/// <param name="Append">True if it stands after the statement.</param>
public sealed record QueryComment(string Template, bool Append)
{
    internal static QueryComment? Read(ProjectPackage package) =>
        package.File["query-comment"] switch
        {
            YamlScalar { IsNull: false, Text.Length: > 0 } text => new QueryComment(text.Text, false),
            YamlMapping mapping when mapping["comment"] is YamlScalar { IsNull: false } text => new QueryComment(
                text.Text,
                (mapping["append"] as YamlScalar)?.AsBoolean == true
            ),
            _ => null,
        };
}
