using System.Text.RegularExpressions;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Testing;

/// <summary>Calls the macro of a generic test with its arguments rendered.</summary>
internal static partial class GenericTestCall
{
    /// <summary>The SQL of the test.</summary>
    public static string Render(
        ParsedProject project,
        GenericTest test,
        RenderContext context,
        JinjaSession session,
        RelationObject model
    )
    {
        var entry =
            project.Macros.FindTest(test.TestName, test.MacroPackage, context.Node.Package)
            ?? throw ModelingDiagnostics.UnknownTest.With(test.TestName).ToException();
        var where = context.FindMacro("get_where_subquery", context.Node.Package)!;
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["model"] = session.Invoke(where, Arguments.Of(model)),
        };
        if (test.ColumnName is not null)
        {
            arguments["column_name"] = test.ColumnName;
        }

        foreach (var (key, value) in test.Arguments.Items)
        {
            arguments[Text.Str(key)] = Rendered(project, value, context, session);
        }

        return Text.Str(session.Invoke(context.Bind(entry)!, new Arguments([], arguments)));
    }

    private static object? Rendered(
        ParsedProject project,
        object? value,
        RenderContext context,
        JinjaSession session
    ) =>
        value switch
        {
            string text when Jinja(text) is { } template => session.RenderValue(
                project.Templates.Parse(template, context.Node.Name),
                context.Names
            ),
            JinjaList list => new JinjaList(list.Items.Select(item => Rendered(project, item, context, session))),
            JinjaDict dict => new JinjaDict(
                dict.Items.Select(pair =>
                    KeyValuePair.Create(Text.Str(pair.Key), Rendered(project, pair.Value, context, session))
                )
            ),
            _ => value,
        };

    // dbt lets ref('x') stand without braces where a test takes a relation.
    private static string? Jinja(string text) =>
        YamlRenderer.HasJinja(text) ? text
        : CallOnly().IsMatch(text) ? "{{ " + text + " }}"
        : null;

    [GeneratedRegex(
        @"^\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex CallOnly();
}
