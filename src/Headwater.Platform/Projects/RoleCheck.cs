using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Project.Resources.Access;
using Headwater.Project.Yaml;

namespace Headwater.Platform.Projects;

/// <summary>Checks the tables and tags that roles name: a mask of nothing would hide nothing.</summary>
internal static class RoleCheck
{
    private const string RawPrefix = "raw_";

    public static void Run(Manifest manifest, IReadOnlyList<RoleDefinition> roles, DiagnosticBag diagnostics)
    {
        if (roles.All(role => role.Masks.Count + role.Clears.Count + role.Unrestricted.Count == 0))
        {
            return;
        }

        var relations = manifest.Nodes.Values.OfType<RelationNode>().Select(node => node.Relation).ToList();
        var names = relations.Select(relation => relation.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var tags = ColumnClasses.Of(manifest).SelectMany(item => item.Tags).ToHashSet(StringComparer.Ordinal);
        foreach (var role in roles)
        {
            foreach (var target in role.Masks.Select(rule => rule.Target).Concat(role.Clears))
            {
                switch (target.Kind)
                {
                    case MaskTargetKind.Tag when !tags.Contains(target.Name.Text):
                        Report(PlatformDiagnostics.UnknownTag, target.Name, role, tags);
                        break;
                    case MaskTargetKind.Model:
                        CheckTable(target.Name, target.Name.Text, role);
                        break;
                    case MaskTargetKind.Column when !target.Name.Text.Contains('.', StringComparison.Ordinal):
                        diagnostics.Add(
                            PlatformDiagnostics.ColumnWithoutTable.At(target.Name.Location, target.Name.Text)
                        );
                        break;
                    case MaskTargetKind.Column:
                        CheckTable(target.Name, target.Name.Text[..target.Name.Text.LastIndexOf('.')], role);
                        break;
                }
            }

            foreach (var name in role.Unrestricted)
            {
                CheckTable(name, name.Text, role);
            }
        }

        void CheckTable(LocatedText written, string table, RoleDefinition role)
        {
            var parts = table.Split('.');
            // What has landed is known to the warehouse alone.
            if (!names.Contains(parts[^1]) && !parts[0].StartsWith(RawPrefix, StringComparison.OrdinalIgnoreCase))
            {
                Report(PlatformDiagnostics.UnknownRoleTable, written with { Text = table }, role, names);
            }
        }

        void Report(
            DiagnosticDescriptor descriptor,
            LocatedText name,
            RoleDefinition role,
            IReadOnlyCollection<string> known
        ) =>
            diagnostics.Add(
                descriptor.At(name.Location, role.Name, name.Text) with
                {
                    Hint = NearestName.Hint(name.Text, known),
                }
            );
    }
}
