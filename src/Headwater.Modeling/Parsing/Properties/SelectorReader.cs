using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Selection;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>Reads the named selections of a project's <c>selectors.yml</c>.</summary>
internal sealed class SelectorReader(ProjectPackage package, DiagnosticBag diagnostics)
{
    public IReadOnlyList<SelectorDefinition> Read()
    {
        var path = Path.Combine(package.Root, "selectors.yml");
        if (!package.HasFile(path) || package.Yaml(path) is not { } file)
        {
            return [];
        }

        var selectors = new List<SelectorDefinition>();
        foreach (var reader in new MappingReader(file, diagnostics).Mappings("selectors"))
        {
            var name = reader.RequiredText("name");
            if (reader.Node("definition") is not { } definition)
            {
                diagnostics.Add(ModelingDiagnostics.BadSelector.At(name.Location, name.Text, "it has no definition"));
            }
            else if (Term(name.Text, definition) is { } term)
            {
                selectors.Add(
                    new SelectorDefinition(
                        name.Text,
                        reader.Text("description"),
                        reader.Boolean("default") ?? false,
                        term,
                        name.Location
                    )
                );
            }
        }

        return selectors;
    }

    private SelectorTerm? Term(string selector, YamlNode node)
    {
        switch (node)
        {
            case YamlScalar { IsNull: false } text:
                return new SelectorText(text.Text);
            case YamlMapping mapping when mapping["union"] is YamlSequence parts:
                var union = Parts(selector, parts);
                return new SelectorUnion(union.Terms, union.Exclude);
            case YamlMapping mapping when mapping["intersection"] is YamlSequence parts:
                var intersection = Parts(selector, parts);
                return new SelectorIntersection(intersection.Terms, intersection.Exclude);
            case YamlMapping mapping when mapping["method"] is YamlScalar method:
                return Method(selector, mapping, method);
            case YamlMapping { Entries: [{ Value: YamlScalar value } single] }:
                return new SelectorMethod(single.Key.Text, value.Text, null, null, false);
            default:
                diagnostics.Add(
                    ModelingDiagnostics.BadSelector.At(
                        node.Location,
                        selector,
                        "expected a selection, a method with its value, a union or an intersection"
                    )
                );
                return null;
        }
    }

    private SelectorTerm Method(string selector, YamlMapping mapping, YamlScalar method)
    {
        var reader = new MappingReader(mapping, diagnostics);
        var value = reader.RequiredText("value").Text;
        SelectorTerm term =
            method.Text == "selector"
                ? new SelectorReference(value)
                : new SelectorMethod(
                    method.Text,
                    value,
                    reader.Boolean("parents") == true ? reader.Integer("parents_depth") ?? int.MaxValue : null,
                    reader.Boolean("children") == true ? reader.Integer("children_depth") ?? int.MaxValue : null,
                    reader.Boolean("childrens_parents") == true
                )
                {
                    Indirect = Indirect(selector, mapping),
                };
        return mapping["exclude"] is YamlSequence excluded
            ? new SelectorUnion([term], [.. excluded.Items.Select(item => Term(selector, item)).OfType<SelectorTerm>()])
            : term;
    }

    private IndirectSelection? Indirect(string selector, YamlMapping mapping)
    {
        if (mapping["indirect_selection"] is not { } written)
        {
            return null;
        }

        if (written is YamlScalar word && Enum.TryParse<IndirectSelection>(word.Text, ignoreCase: true, out var mode))
        {
            return mode;
        }

        diagnostics.Add(
            ModelingDiagnostics.BadSelector.At(
                written.Location,
                selector,
                "indirect_selection is eager, cautious, buildable or empty"
            )
        );
        return null;
    }

    private (IReadOnlyList<SelectorTerm> Terms, IReadOnlyList<SelectorTerm> Exclude) Parts(
        string selector,
        YamlSequence parts
    )
    {
        var terms = new List<SelectorTerm>();
        var exclude = new List<SelectorTerm>();
        foreach (var part in parts.Items)
        {
            if (part is YamlMapping { Entries: [{ Key.Text: "exclude", Value: YamlSequence excluded }] })
            {
                exclude.AddRange(excluded.Items.Select(item => Term(selector, item)).OfType<SelectorTerm>());
            }
            else if (Term(selector, part) is { } term)
            {
                terms.Add(term);
            }
        }

        return (terms, exclude);
    }
}
