using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Publication;

namespace Headwater.Modeling.Proofs;

/// <summary>What a test shows of a column if it finds nothing.</summary>
/// <param name="Node">The relation that it is about.</param>
/// <param name="Target">The other relation and its column, of <see cref="ProofKind.References"/> alone.</param>
internal sealed record TestClaim(
    ProofKind Kind,
    RelationNode Node,
    string Column,
    (RelationNode Node, string Column)? Target
)
{
    /// <summary>
    /// The claim of a test; null if it makes none that others can build on: because it is of another kind or the project's own, looks at some rows only,
    /// or may fail without holding a build.
    /// </summary>
    public static TestClaim? Of(TestNode test, Manifest manifest)
    {
        if (
            test.Generic is not { ColumnName: { } column } generic
            || test.Settings is not { OnlyWarns: false, Where: null, Limit: null }
            || manifest.Parsed.Macros.FindTest(generic.TestName, generic.MacroPackage, test.Package)
                is not { IsBuiltIn: true }
            || manifest.Nodes.GetValueOrDefault(generic.TargetId) is not RelationNode node
        )
        {
            return null;
        }

        return generic.TestName switch
        {
            "not_null" => new TestClaim(ProofKind.NotNull, node, column, null),
            "unique" => new TestClaim(ProofKind.Unique, node, column, null),
            "relationships" => References(test, node, column, generic.Arguments, manifest),
            _ => null,
        };
    }

    // What the test reads besides its own relation is what it refers to; if there is nothing else, the relation refers to itself.
    private static TestClaim? References(
        TestNode test,
        RelationNode node,
        string column,
        JinjaDict arguments,
        Manifest manifest
    )
    {
        var others = test.DependsOn.Where(id => id != node.UniqueId).ToList();
        return
            others.Count <= 1
            && arguments.TryGet("field", out var field)
            && field is string name
            && manifest.Nodes.GetValueOrDefault(others.FirstOrDefault() ?? node.UniqueId) is RelationNode target
            ? new TestClaim(ProofKind.References, node, column, (target, name))
            : null;
    }
}
