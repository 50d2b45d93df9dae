using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Syntax;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Rendering;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>A call such as <c>ref('orders')</c> that stands in YAML without braces.</summary>
internal sealed class SpokenReference(ParsedProject project, DiagnosticBag diagnostics)
{
    /// <summary>The node that it means, seen from another; null after reporting that there is none.</summary>
    public string? Resolve(LocatedText text, NodeDraft from, ReferenceResolver references) =>
        Call(text, from) is { } call ? references.Resolve(from, call) : null;

    private RefCall? Call(LocatedText text, NodeDraft from)
    {
        // A draft of its own records: what YAML names is no dependency of the node.
        var scratch = new NodeDraft
        {
            ResourceType = "analysis",
            Name = from.Name,
            Package = from.Package,
            Location = text.Location,
            Path = from.Path,
            Fqn = from.Fqn,
            Config = new JinjaDict(),
        };
        var start = new Position(Math.Max(1, text.Location.Line), Math.Max(1, text.Location.Column));
        if (
            project.Templates.TryParse("{{ " + text.Text + " }}", text.Location.File, diagnostics, start)
            is not { } template
        )
        {
            return null;
        }

        var context = new RenderContext(
            project,
            new RefRecorder(scratch, project),
            new RenderedNode(
                "",
                from.Name,
                from.Package,
                new ConfigObject(new JinjaDict(), null),
                null,
                RenderedNode.NoModel
            ),
            null
        );
        try
        {
            new JinjaSession(TemplateCache.Environment, Limits.Parsing, CancellationToken.None).Render(
                template,
                context.Names
            );
        }
        catch (DiagnosticException failure)
        {
            diagnostics.AddRange(failure.Diagnostics);
            return null;
        }

        if (scratch.Refs is [var call])
        {
            return call;
        }

        diagnostics.Add(
            ModelingDiagnostics.BadUnitTest.At(text.Location, $"'{text.Text}' is neither ref(), source() nor this")
        );
        return null;
    }
}
