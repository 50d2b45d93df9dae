using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Artifacts;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;
using Headwater.Project;

namespace Headwater.Modeling.Keeping;

/// <summary>Makes a manifest of what was kept of one, and of the project file as it is read anew.</summary>
internal sealed class ManifestRestorer(ProjectFolder project, ModelingOptions options)
{
    /// <exception cref="InvalidDataException">Two nodes or macros have one name, which no parse gives.</exception>
    public Manifest Restore(ParseOutcome outcome, IReadOnlyList<ModelEdit> edits)
    {
        // What there was to say of it is kept too.
        var shared = new SharedReader(project, options, new TemplateCache(), new DiagnosticBag());
        var nodes = new Dictionary<string, ManifestNode>(outcome.Nodes.Count, StringComparer.Ordinal);
        if (
            outcome.Nodes.Any(node => !nodes.TryAdd(node.UniqueId, node))
            || outcome.Macros.DistinctBy(macro => (macro.Package, macro.Name)).Count() != outcome.Macros.Count
        )
        {
            throw new InvalidDataException();
        }

        if (!outcome.Nodes.All(node => IsWhole(node, nodes)))
        {
            throw new InvalidDataException();
        }

        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var edit in edits)
        {
            if (nodes.GetValueOrDefault(edit.NodeId) is not ModelNode model)
            {
                throw new InvalidDataException();
            }

            nodes[edit.NodeId] = edit.Of(model);
            digests[edit.NodeId] = TextDigest.Hash(edit.Text);
        }

        var parsed = shared.With(
            new MacroLibrary(outcome.Macros, project.Name),
            new DocLibrary(outcome.Docs, project.Name)
        );
        return new Manifest(project, parsed, nodes, shared.Hooks("on-run-start"), shared.Hooks("on-run-end"))
        {
            ParsedAt = outcome.ParsedAt,
            Edits = digests,
            DisabledNodes = new Lazy<IReadOnlyList<ManifestNode>>(outcome.Disabled),
            MacroProperties = outcome.MacroProperties,
            Groups = outcome.Groups,
            Selectors = outcome.Selectors,
            QueryComment = QueryComment.Read(project.Package),
        };
    }

    // What a node names is there.
    private static bool IsWhole(ManifestNode node, Dictionary<string, ManifestNode> nodes) =>
        node.DependsOn.All(nodes.ContainsKey)
        && node switch
        {
            TestNode { Generic: { } generic } => nodes.ContainsKey(generic.TargetId),
            UnitTestNode test => nodes.ContainsKey(test.ModelId),
            _ => true,
        };

    public static ParseOutcome OutcomeOf(
        Manifest manifest,
        IReadOnlyList<Diagnostic> diagnostics,
        IReadOnlyList<(string Node, string Text)> said
    ) =>
        new(
            manifest.ParsedAt,
            [.. manifest.Parsed.Macros.All],
            [.. manifest.Parsed.Docs.All],
            [.. manifest.Nodes.Values],
            manifest.Disabled,
            manifest.MacroProperties,
            manifest.Groups,
            manifest.Selectors,
            diagnostics,
            said
        );
}
