using Headwater.Jinja.Parsing;
using Headwater.Jinja.Syntax;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Selection;

/// <summary>The macros that nodes call, directly or through others, found in the text: every branch counts, whatever a rendering takes.</summary>
internal sealed class MacroUse(MacroLibrary library)
{
    private readonly Dictionary<JinjaTemplate, IReadOnlySet<string>> _names = new(ReferenceEqualityComparer.Instance);
    private readonly ILookup<string, MacroEntry> _byName = library.All.ToLookup(
        macro => macro.Name,
        StringComparer.Ordinal
    );
    private readonly ILookup<string, MacroEntry> _byImplementation = library
        .All.Where(macro => macro.Name.Contains("__", StringComparison.Ordinal))
        .ToLookup(
            macro => macro.Name[(macro.Name.IndexOf("__", StringComparison.Ordinal) + 2)..],
            StringComparer.Ordinal
        );

    public IReadOnlyCollection<MacroEntry> Of(ManifestNode node)
    {
        var found = new HashSet<MacroEntry>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<JinjaTemplate>();
        switch (node)
        {
            case ModelNode model:
                pending.Push(model.Template);
                break;
            case SnapshotNode snapshot:
                pending.Push(snapshot.Template);
                break;
            case AnalysisNode analysis:
                pending.Push(analysis.Template);
                break;
            case TestNode { Template: { } template }:
                pending.Push(template);
                break;
            case TestNode { Generic: { } generic }
                when library.FindTest(generic.TestName, generic.MacroPackage, node.Package) is { } test:
                found.Add(test);
                pending.Push(test.Template);
                break;
        }

        while (pending.TryPop(out var template))
        {
            foreach (var macro in Names(template).SelectMany(name => _byName[name].Concat(_byImplementation[name])))
            {
                if (found.Add(macro))
                {
                    pending.Push(macro.Template);
                }
            }
        }

        return found;
    }

    private IReadOnlySet<string> Names(JinjaTemplate template)
    {
        if (!_names.TryGetValue(template, out var names))
        {
            _names[template] = names = template.Calls.SelectMany(CalledBy).ToHashSet(StringComparer.Ordinal);
        }

        return names;
    }

    private static IEnumerable<string> CalledBy(Call call) =>
        call.Callee switch
        {
            Name name => [name.Identifier],
            // What dispatch looks for is named by a text.
            AttributeAccess { Attribute: "dispatch" }
                when call.Arguments.Positional is [Literal { Value: string name }, ..] => [name],
            AttributeAccess access => [access.Attribute],
            _ => [],
        };
}
