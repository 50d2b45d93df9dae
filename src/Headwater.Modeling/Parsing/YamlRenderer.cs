using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Syntax;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Parsing;

/// <summary>Renders the Jinja in YAML values of one package: <c>"{{ var('schema') }}"</c> becomes the value itself. Safe for several threads.</summary>
internal sealed class YamlRenderer(ParsedProject project, string package, DiagnosticBag diagnostics)
{
    /// <summary>The value of a text, or the text itself after reporting why it cannot be rendered.</summary>
    public object? Render(string text, SourceLocation location)
    {
        if (!HasJinja(text))
        {
            return text;
        }

        try
        {
            var start = new Position(Math.Max(1, location.Line), Math.Max(1, location.Column));
            var template = project.Templates.Parse(text, location.File, start);
            var session = new JinjaSession(TemplateCache.Environment, Limits.Yaml, CancellationToken.None);
            return session.RenderValue(template, Context().Names);
        }
        catch (DiagnosticException failure)
        {
            diagnostics.AddRange(failure.Diagnostics);
            return text;
        }
    }

    // One for each value: a context is for one thread, and files are parsed on several.
    private RenderContext Context() =>
        new(
            project,
            new NoRefs(),
            new RenderedNode("", "", package, new ConfigObject(new JinjaDict(), null), null, RenderedNode.NoModel),
            null
        );

    public static bool HasJinja(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal);

    private sealed class NoRefs : IRenderHost
    {
        public object? Ref(string name, string? package, string? version, CallContext context) =>
            throw RefFunction.Wrong("ref() cannot be used here");

        public object? Source(string source, string table, CallContext context) =>
            throw RefFunction.Wrong("source() cannot be used here");
    }
}

/// <summary>How much a template may do.</summary>
internal static class Limits
{
    public static SessionOptions Yaml { get; } = new() { BindsMacros = false, MaxSteps = 100_000 };

    public static SessionOptions Parsing { get; } =
        new() { BindsMacros = false, Undefined = UndefinedBehavior.Lenient };

    public static SessionOptions Building { get; } = new() { BindsMacros = false };
}
