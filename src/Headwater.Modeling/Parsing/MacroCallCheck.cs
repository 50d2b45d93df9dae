using Headwater.Jinja.Parsing;
using Headwater.Jinja.Syntax;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Parsing;

/// <summary>Finds calls of macros that do not exist. The first rendering passes over them, because nothing is defined there.</summary>
internal sealed class MacroCallCheck(ParsedProject project, DiagnosticBag diagnostics)
{
    public void Check(JinjaTemplate template, string package)
    {
        foreach (var call in template.Calls)
        {
            switch (call.Callee)
            {
                case Name name when !IsKnown(name.Identifier, template, package):
                    Report(template, call, name.Identifier, Known(package));
                    break;
                case AttributeAccess { Target: Name space } access
                    when project.Macros.HasPackage(space.Identifier)
                        && !template.BoundNames.Contains(space.Identifier)
                        && !IsInPackage(space.Identifier, access.Attribute):
                    Report(template, call, $"{space.Identifier}.{access.Attribute}", InPackage(space.Identifier));
                    break;
            }
        }
    }

    private bool IsKnown(string name, JinjaTemplate template, string package) =>
        template.BoundNames.Contains(name)
        || TemplateCache.Environment.HasGlobal(name)
        || ContextMembers.Names.Contains(name)
        || project.Macros.Find(name, package, package) is not null;

    private bool IsInPackage(string package, string name) =>
        project.Macros.InPackage(package, name) is not null
        || (package == MacroLibrary.BuiltInPackage && ContextMembers.Names.Contains(name));

    private HashSet<string> Known(string package) =>
        [
            .. ContextMembers.Names,
            .. project
                .Macros.All.Where(macro => project.Macros.Find(macro.Name, package, package) is not null)
                .Select(macro => macro.Name),
        ];

    private HashSet<string> InPackage(string package) =>
        [.. project.Macros.All.Where(macro => macro.Package == package).Select(macro => $"{package}.{macro.Name}")];

    private void Report(JinjaTemplate template, Call call, string name, HashSet<string> known)
    {
        var place = new SourceLocation(template.File, call.Position.Line, call.Position.Column);
        var near = NearestName.Find(name, known);
        diagnostics.Add(
            ModelingDiagnostics.UnknownMacro.At(place, name) with
            {
                Hint = near is null
                    ? "define it under macros/, or install the package that has it"
                    : $"did you mean '{near}'?",
            }
        );
    }
}
