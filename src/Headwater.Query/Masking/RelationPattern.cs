using Headwater.Kernel.Names;

namespace Headwater.Query.Masking;

/// <summary>Relations as roles name them: <c>table</c> or <c>schema.table</c>.</summary>
internal static class RelationPattern
{
    public static bool Matches(string pattern, RelationName relation) =>
        pattern.Split('.') switch
        {
            [var name] => Same(name, relation.Name),
            [var schema, var name] => Same(schema, relation.Schema) && Same(name, relation.Name),
            _ => false,
        };

    private static bool Same(string left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
