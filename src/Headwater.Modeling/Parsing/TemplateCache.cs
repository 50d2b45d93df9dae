using System.Collections.Concurrent;
using Headwater.Jinja;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Parsing;
using Headwater.Jinja.Syntax;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Modeling.Parsing;

/// <summary>Parsed templates by file and text, so that loading a project again parses only what changed. Safe for several threads.</summary>
internal sealed class TemplateCache
{
    private readonly ConcurrentDictionary<(string File, string Text, Position Start), JinjaTemplate> _templates = new();

    /// <summary>The dialect of Jinja that dbt speaks: its block tags and the filters that type YAML values.</summary>
    public static JinjaEnvironment Environment { get; } =
        new(
            filters:
            [
                new NativeFunction("as_text", ParameterList.None, call => call.SubjectText()),
                new NativeFunction("as_bool", ParameterList.None, call => AsBoolean(call.Subject)),
                new NativeFunction("as_number", ParameterList.None, call => AsNumber(call.Subject)),
                new NativeFunction("as_native", ParameterList.None, call => AsBoolean(AsNumber(call.Subject))),
            ],
            tags:
            [
                new BlockTag("test", BlockTagHead.Parameters),
                new BlockTag("data_test", BlockTagHead.Parameters),
                new BlockTag("materialization", BlockTagHead.Options),
                new BlockTag("snapshot", BlockTagHead.NameOnly),
                new BlockTag("docs", BlockTagHead.NameOnly),
            ]
        );

    /// <exception cref="DiagnosticException">The text is not a template.</exception>
    public JinjaTemplate Parse(string text, string file, Position? start = null) =>
        _templates.GetOrAdd(
            (file, text, start ?? new Position(1, 1)),
            static key => Environment.Parse(key.Text, key.File, key.Start)
        );

    /// <summary>The template, or null after reporting what is wrong with it.</summary>
    public JinjaTemplate? TryParse(string text, string file, DiagnosticBag diagnostics, Position? start = null)
    {
        try
        {
            return Parse(text, file, start);
        }
        catch (DiagnosticException failure)
        {
            diagnostics.AddRange(failure.Diagnostics);
            return null;
        }
    }

    private static object? AsBoolean(object? value) =>
        value is string text
            ? text.ToLowerInvariant() switch
            {
                "true" => true,
                "false" => false,
                _ => value,
            }
            : value;

    private static object? AsNumber(object? value)
    {
        if (value is not string text)
        {
            return value;
        }

        return long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var whole) ? whole
            : double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var real) ? real
            : value;
    }
}
