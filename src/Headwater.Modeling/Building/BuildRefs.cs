using Headwater.Jinja;
using Headwater.Jinja.Evaluation;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Building;

/// <summary>Resolves <c>ref()</c> and <c>source()</c> against the manifest, and notes ephemeral models that have to be put in.</summary>
internal sealed class BuildRefs(
    Manifest manifest,
    ParsedProject project,
    string package,
    List<ModelNode> ephemeral,
    CompileScope scope
) : IRenderHost
{
    public static string CteName(ModelNode model) => "__dbt__cte__" + model.Relation.Name;

    public object? Ref(string name, string? inPackage, string? version, CallContext context) =>
        Relation(
            (inPackage is null ? manifest.FindRef(name, package, version) : null)
                ?? manifest.FindRef(name, inPackage, version)
                ?? throw new JinjaFault(
                    ModelingDiagnostics.UnknownRef.With(name) with
                    {
                        Hint = NearestName.Hint(name, [.. manifest.Models.Select(model => model.Name)]),
                    }
                )
        );

    public object? Source(string source, string table, CallContext context) =>
        manifest.FindSource(source, table) is { } found
            ? RelationObject.Of(found, project.Catalog, project.Dialect, "table") with
            {
                Inline = scope.Replaced.GetValueOrDefault(found.UniqueId),
            }
            : throw new JinjaFault(ModelingDiagnostics.UnknownSource.With($"{source}.{table}"));

    public RelationObject Relation(RelationNode node)
    {
        var relation = RelationObject.Of(node, project.Catalog, project.Dialect, TypeOf(node));
        if (scope.Replaced.TryGetValue(node.UniqueId, out var replaced))
        {
            return relation with { Inline = replaced };
        }

        if (node is not ModelNode { IsEphemeral: true } model)
        {
            return relation;
        }

        ephemeral.Add(model);
        return relation with { Inline = CteName(model), Type = "cte" };
    }

    private static string TypeOf(RelationNode node) =>
        node.Config.Materialized is "view" or "materialized_view" ? node.Config.Materialized : "table";
}
