using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Parsing;
using Headwater.Jinja.Syntax;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Jinja.Tests;

public sealed class SessionTests
{
    private static readonly JinjaEnvironment Environment = new(
        tags: [new BlockTag("check", BlockTagHead.Parameters), new BlockTag("kind", BlockTagHead.Options)]
    );

    private static JinjaSession Session(
        SessionOptions? options = null,
        CancellationToken cancellationToken = default
    ) => new(Environment, options ?? new SessionOptions(), cancellationToken);

    private static DictNames Names(params (string Name, object? Value)[] names) =>
        new(new JinjaDict(names.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));

    private static NativeFunction ReturnFunction =>
        new("return", ParameterList.Of("value?"), call => new ReturnValue(call.Value(0)));

    [Theory]
    [InlineData("{% macro m() %}text{{ return([1, 2]) }}more{% endmacro %}{{ m()[1] }}", "2")]
    [InlineData(
        "{% macro m() %}{% for i in range(9) %}{% if i == 3 %}{% do return(i) %}{% endif %}{% endfor %}{% endmacro %}{{ m() + 1 }}",
        "4"
    )]
    [InlineData(
        "{% macro a() %}{{ return(7) }}{% endmacro %}{% macro b() %}{{ return(a()) }}{% endmacro %}{{ b() * 2 }}",
        "14"
    )]
    [InlineData("{% macro m() %}{% set x = return('v') %}no{% endmacro %}{{ m() }}", "v")]
    [InlineData("{% macro m() %}a{{ caller() }}b{% endmacro %}{% call m() %}{{ return('c') }}{% endcall %}", "c")]
    public void Return_ends_the_macro_with_a_value(string template, string expected) =>
        Assert.Equal(expected, Session().Render(Environment.Parse(template, "t"), Names(("return", ReturnFunction))));

    [Fact]
    public void A_single_expression_renders_to_its_value()
    {
        Assert.IsType<JinjaList>(Session().RenderValue(Environment.Parse("{{ [1] }}", "t"), DictNames.Empty));
        Assert.Equal("a1", Session().RenderValue(Environment.Parse("a{{ 1 }}", "t"), DictNames.Empty));
    }

    [Fact]
    public void Macros_of_another_template_see_their_hosts_names()
    {
        var library = Environment.Parse("{% macro greet(who) %}{{ word }} {{ who }}{% endmacro %}", "lib");
        var macro = new JinjaMacro(library.Macros[0], library, Names(("word", "hello")));
        var text = Session()
            .Render(Environment.Parse("{{ greet('you') }}{{ word }}", "t"), Names(("greet", macro), ("word", "!")));
        Assert.Equal("hello you!", text);
    }

    [Fact]
    public void Macro_names_can_be_left_to_the_host()
    {
        var template = Environment.Parse("{% macro m() %}own{% endmacro %}{{ m() }}", "t");
        var other = Environment.Parse("{% macro m() %}other{% endmacro %}", "o");
        var names = Names(("m", new JinjaMacro(other.Macros[0], other, DictNames.Empty)));
        Assert.Equal("other", Session(new SessionOptions { BindsMacros = false }).Render(template, names));
    }

    [Fact]
    public void Host_tags_are_listed_with_their_parts()
    {
        var template = Environment.Parse(
            "{% check positive(model, column) %}select {{ column }}{% endcheck %}{% kind table, default, adapter='x' %} body {% endkind %}",
            "t"
        );
        Assert.Equal(["check positive", "kind table"], template.Macros.Select(macro => $"{macro.Tag} {macro.Name}"));
        Assert.Equal(["model", "column"], template.Macros[0].Parameters.Select(parameter => parameter.Name));
        Assert.Equal("default", Assert.IsType<Name>(template.Macros[1].Options.Positional[0]).Identifier);
        Assert.Equal("x", Assert.IsType<Literal>(template.Macros[1].Options.Named[0].Value).Value);
        Assert.Equal(" body ", template.Macros[1].Source);
        Assert.Equal("", Session().Render(template, DictNames.Empty));
    }

    [Fact]
    public void Lenient_undefined_values_give_undefined_for_everything()
    {
        var session = Session(new SessionOptions { Undefined = UndefinedBehavior.Lenient });
        Assert.Equal("[]", session.Render(Environment.Parse("[{{ a.b['c'](1).d }}]", "t"), DictNames.Empty));
    }

    [Fact]
    public void Strict_undefined_values_cannot_be_printed() =>
        Assert.Equal(
            "HW2010",
            Assert
                .Throws<DiagnosticException>(() =>
                    Session(new SessionOptions { Undefined = UndefinedBehavior.Strict })
                        .Render(Environment.Parse("{{ a }}", "t"), DictNames.Empty)
                )
                .Diagnostic.Code
        );

    [Theory]
    [InlineData("{% for i in range(1000) %}{% for j in range(1000) %}{% endfor %}{% endfor %}")]
    [InlineData("{% for i in range(1000) %}{{ 'x' * 1000 }}{% endfor %}")]
    [InlineData("{{ 'x' * 99999999 }}")]
    [InlineData("{{ range(99999999) }}")]
    [InlineData("{{ 9 ** 999999 }}")]
    [InlineData("{{ '%999999999d' % 1 }}")]
    public void Runaway_templates_are_stopped(string template)
    {
        var session = Session(new SessionOptions { MaxSteps = 10_000, MaxOutput = 100_000 });
        var failure = Assert.Throws<DiagnosticException>(() =>
            session.Render(Environment.Parse(template, "t"), DictNames.Empty)
        );
        Assert.Equal("HW2014", failure.Diagnostic.Code);
    }

    [Fact]
    public void Deeply_nested_expressions_are_refused()
    {
        var template = "{{ " + new string('(', 5000) + "1" + new string(')', 5000) + " }}";
        Assert.Equal(
            "HW2001",
            Assert.Throws<DiagnosticException>(() => Environment.Parse(template, "t")).Diagnostic.Code
        );
    }

    [Fact]
    public void Cancellation_stops_a_rendering()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var template = Environment.Parse("{% for i in range(100000) %}{% endfor %}", "t");
        Assert.Throws<OperationCanceledException>(() =>
            Session(cancellationToken: source.Token).Render(template, DictNames.Empty)
        );
    }

    [Fact]
    public void A_host_failure_gets_place_and_macro_stack()
    {
        var fail = new NativeFunction(
            "fail",
            ParameterList.None,
            _ => throw new JinjaFault(JinjaDiagnostics.Value.With("host says no"))
        );
        var template = Environment.Parse("{% macro m() %}\n {{ fail() }}{% endmacro %}\n\n{{ m() }}", "a.sql");
        var failure = Assert.Throws<DiagnosticException>(() => Session().Render(template, Names(("fail", fail))));
        Assert.Equal(new SourceLocation("a.sql", 2, 5), failure.Diagnostic.Location);
        Assert.Equal("host says no", failure.Diagnostic.Message);
        Assert.Equal("in macro 'm' called at a.sql:4:4", failure.Diagnostic.Hint);
    }

    [Fact]
    public void Positions_count_from_where_the_text_starts()
    {
        var failure = Assert.Throws<DiagnosticException>(() =>
            Environment.Parse("a\n{{ 1 + }}", "f.yml", new Position(10, 5))
        );
        Assert.Equal(new SourceLocation("f.yml", 11, 8), failure.Diagnostic.Location);
    }

    [Fact]
    public void Windows_line_ends_become_plain_ones() =>
        Assert.Equal("a\nb", Session().Render(Environment.Parse("a\r\nb\r\n", "t"), DictNames.Empty));

    [Fact]
    public void Dates_and_decimals_print_as_python_prints_them()
    {
        var names = Names(("t", new DateTime(2024, 1, 2, 3, 4, 5)), ("d", new DateOnly(2024, 1, 2)), ("n", 1.50m));
        var template = Environment.Parse(
            "{{ t }} {{ d }} {{ n }} {{ [d, n] }} {{ t.strftime('%Y%m%d %H:%M') }} {{ d.year }} {{ t.isoformat() }}",
            "t"
        );
        Assert.Equal(
            "2024-01-02 03:04:05 2024-01-02 1.50 [datetime.date(2024, 1, 2), Decimal('1.50')] 20240102 03:04 2024 2024-01-02T03:04:05",
            Session().Render(template, names)
        );
    }
}
