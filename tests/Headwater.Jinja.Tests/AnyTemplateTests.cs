using FsCheck;
using FsCheck.Fluent;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Jinja.Tests;

/// <summary>Whatever is written in a template, it renders or fails with a diagnostic that has a place.</summary>
public sealed class AnyTemplateTests
{
    private static readonly string[] Pieces =
    [
        "{{ ",
        " }}",
        "{% ",
        " %}",
        "{%- ",
        " -%}",
        "{# ",
        " #}",
        "\n",
        "text",
        "if ",
        "else",
        "endif",
        "for ",
        "x ",
        "in ",
        "endfor",
        "set ",
        "endset",
        "macro m(",
        "endmacro",
        "call ",
        "endcall",
        "filter ",
        "endfilter",
        "raw",
        "endraw",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ".",
        ",",
        ":",
        "|",
        "~",
        "=",
        "==",
        "+",
        "-",
        "*",
        "**",
        "//",
        "%",
        "<",
        " and ",
        " or ",
        " not ",
        " is ",
        "defined",
        "'a'",
        "\"b\"",
        "1",
        "2.5",
        "0",
        "none",
        "true",
        "y",
        "m",
        "loop.index",
        "list",
        "upper",
        "join",
        "sort",
        "map",
        "range(3)",
        "a.b",
        "[1, 2]",
        "{'k': 1}",
        "{{ x }}",
        "{{ [1, 'a'][0] }}",
        "{% for i in [1] %}",
        "{% endfor %}",
        "{% if x %}",
        "{% endif %}",
        "é",
        "\\",
        "'",
        ";",
        "?",
    ];

    private static readonly JinjaEnvironment Environment = new();

    [Fact]
    public void Any_template_renders_or_fails_with_a_place()
    {
        var templates = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));
        Prop.ForAll(templates.ToArbitrary(), Holds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithStartSize(1).WithEndSize(40));
    }

    [Fact]
    public void Any_expression_gives_a_value_or_fails_with_a_place()
    {
        var expressions = Gen.Elements(
                Pieces
                    .Where(piece =>
                        !piece.Contains('%') && !piece.Contains('#') && !piece.Contains("{{", StringComparison.Ordinal)
                    )
                    .ToArray()
            )
            .ListOf()
            .Select(pieces => "{{ " + string.Concat(pieces) + " }}");
        Prop.ForAll(expressions.ToArbitrary(), Holds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithStartSize(1).WithEndSize(12));
    }

    private static readonly string[] Values =
    [
        "none",
        "true",
        "5",
        "-3",
        "0",
        "2.5",
        "9" + "99999999999999999999",
        "'text'",
        "''",
        "'%s {} %d'",
        "[]",
        "[3, 1, 'a']",
        "[1, 2]",
        "(1, 2)",
        "{'a': 1}",
        "{}",
        "nope",
        "range(3)",
        "namespace(a=1)",
        "range",
        "[[1, 2]]",
        "[{'a': 1}]",
        "'a,b'",
        "1e400",
        "-1e300",
        "{'a': {'b': 1}}.items()",
    ];

    private static readonly string[] Filters =
        "abs attr batch capitalize center count d default dictsort e escape filesizeformat first float forceescape format groupby indent int join last length list lower items map min max pprint random reject rejectattr replace reverse round safe select selectattr slice sort string striptags sum title tojson trim truncate unique upper urlencode urlize wordcount wordwrap xmlattr".Split(
            ' '
        );

    private static readonly string[] Methods =
        "upper title strip split rsplit splitlines partition join replace startswith endswith find index count zfill ljust center format format_map expandtabs removeprefix isdigit append extend insert pop remove sort reverse copy clear items keys values get update setdefault popitem fromkeys".Split(
            ' '
        );

    private static readonly string[] Tests =
        "defined none boolean odd even divisibleby sameas in eq ne lt ge string mapping iterable sequence callable lower filter".Split(
            ' '
        );

    private static readonly string[] Operators = ["+", "-", "*", "/", "//", "%", "~", "==", "<", "in", "and", "not in"];

    public static TheoryData<string> Shapes() =>
        [
            .. Filters.SelectMany(name => new[] { $"V|{name}", $"V|{name}(A)", $"V|{name}(A, B)" }),
            .. Methods.SelectMany(name => new[] { $"(V).{name}()", $"(V).{name}(A)", $"(V).{name}(A, B)" }),
            .. Tests.SelectMany(name => new[] { $"(V) is {name}", $"(V) is {name}(A)" }),
            .. Operators.Select(sign => $"(V) {sign} (A)"),
            "(V)[A]",
            "(V)[A:B]",
            "(V)[::A]",
            "(V).a",
            "(V)(A)",
            "-(V)",
            "'%05.2f' % (V)",
            "'%d' % (V)",
            "'{:>5}'.format(V)",
            "'{:,.1f}'.format(V)",
            "'{0[a]}'.format(V)",
            "range(V, A)",
            "dict(V)",
            "namespace(V)",
            "cycler(V).next()",
            "(V) ** 2",
        ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_operation_on_every_kind_of_value_gives_a_value_or_fails_with_a_place(string shape)
    {
        // Each value with three arguments that differ from shape to shape: all pairs would take a minute of thrown exceptions.
        var shift = shape.Sum(character => character);
        for (var index = 0; index < Values.Length; index++)
        {
            for (var turn = 0; turn < (shape.Contains('A') ? 3 : 1); turn++)
            {
                var argument = Values[(index + shift + turn * 7) % Values.Length];
                var other = Values[(index + shift + turn * 11 + 3) % Values.Length];
                var expression = shape
                    .Replace("V", Values[index], StringComparison.Ordinal)
                    .Replace("A", argument, StringComparison.Ordinal)
                    .Replace("B", other, StringComparison.Ordinal);
                Assert.True(Holds("{{ " + expression + " }}"), expression);
            }
        }
    }

    private static bool Holds(string template)
    {
        var environment = Environment;
        var session = new JinjaSession(environment, new SessionOptions { MaxSteps = 10_000 }, CancellationToken.None);
        try
        {
            session.Render(
                environment.Parse(template, "any.sql"),
                new DictNames(
                    new JinjaDict([KeyValuePair.Create("x", (object?)1L), KeyValuePair.Create("y", (object?)"text")])
                )
            );
            return true;
        }
        catch (DiagnosticException failure)
        {
            return failure.Diagnostic.Location is { File: "any.sql", Line: > 0, Column: > 0 };
        }
    }
}
