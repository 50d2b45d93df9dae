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

    [Theory]
    [InlineData("{% set ns=namespace(s='a') %}{% for i in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}")]
    [InlineData("{% set ns=namespace(s='a') %}{% for i in range(100) %}{% set ns.s = ns.s + ns.s %}{% endfor %}")]
    [InlineData("{% set ns=namespace(s=[1]) %}{% for i in range(100) %}{% set ns.s = ns.s + ns.s %}{% endfor %}")]
    [InlineData("{% set ns=namespace(s=(1,)) %}{% for i in range(100) %}{% set ns.s = ns.s + ns.s %}{% endfor %}")]
    [InlineData("{% set l=[1] %}{% for i in range(100) %}{% do l.extend(l) %}{% endfor %}")]
    [InlineData("{% set l=['a'] %}{% for i in l %}{% do l.append(i) %}{% endfor %}")]
    [InlineData(
        "{% set ns=namespace(l=[1]) %}{% for i in range(64) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}"
    )]
    [InlineData(
        "{% set ns=namespace(l=[1]) %}{% for i in range(64) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l|tojson }}"
    )]
    [InlineData(
        "{% set ns=namespace(a=[1], b=[1]) %}{% for i in range(64) %}{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a == ns.b }}"
    )]
    [InlineData("{% set ns=namespace(n=9) %}{% for i in range(64) %}{% set ns.n = ns.n * ns.n %}{% endfor %}")]
    [InlineData("{{ ('a'*1000000)|replace('a','b'*1000000)|length }}")]
    [InlineData("{{ ('a'*1000000).replace('a','b'*1000000)|length }}")]
    [InlineData("{{ ('a'*1000000).replace('','b'*1000000)|length }}")]
    [InlineData("{{ ('a,'*1000000).split(',')|join('b'*1000000)|length }}")]
    [InlineData("{{ ('b'*1000000).join('a'*1000000)|length }}")]
    [InlineData("{{ ('a\\n'*1000000)|indent('b'*1000000)|length }}")]
    [InlineData("{{ ('a b '*1000000)|wordwrap(1, true, 'b'*1000000)|length }}")]
    [InlineData("{{ ('{0}'*1000000).format('b'*1000000)|length }}")]
    [InlineData("{{ ('%(a)s'*1000000)|format(a='b'*1000000)|length }}")]
    [InlineData("{{ '%*d' % (2000000000, 1) }}")]
    [InlineData("{% set l=[] %}{% for i in range(100000) %}{% do l.append('a'.center(1000000)) %}{% endfor %}")]
    [InlineData("{% set l=[] %}{% for i in range(100000) %}{% do l.append(range(10000)|list) %}{% endfor %}")]
    [InlineData("{{ ('9'*1000000)|int }}")]
    public void Values_without_bound_are_stopped_where_they_are_made(string template)
    {
        var session = Session(
            new SessionOptions
            {
                MaxSteps = 200_000,
                MaxText = 10_000_000,
                MaxTotalText = 50_000_000,
                MaxItems = 2_000_000,
                MaxTotalItems = 4_000_000,
            }
        );
        var failure = Assert.Throws<DiagnosticException>(() =>
            session.Render(
                Environment.Parse("{% macro m() %}\n" + template + "{% endmacro %}{{ m() }}", "a.sql"),
                DictNames.Empty
            )
        );
        Assert.Equal("HW2014", failure.Diagnostic.Code);
        Assert.Equal("a.sql", failure.Diagnostic.Location?.File);
        Assert.Equal(2, failure.Diagnostic.Location?.Line);
        Assert.StartsWith("in macro 'm'", failure.Diagnostic.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Doubling_a_text_is_stopped_by_the_limits_a_session_has_on_its_own()
    {
        const string template =
            "{% set ns=namespace(s='a') %}{% for i in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}";
        var failure = Assert.Throws<DiagnosticException>(() =>
            Session().Render(Environment.Parse(template, "t"), DictNames.Empty)
        );
        Assert.Equal("HW2014", failure.Diagnostic.Code);
    }

    [Fact]
    public void A_list_can_take_in_itself() =>
        Assert.Equal(
            "[1, 2, 1, 2]",
            Session().Render(Environment.Parse("{% set l=[1,2] %}{% do l.extend(l) %}{{ l }}", "t"), DictNames.Empty)
        );

    [Fact]
    public void A_regular_expression_without_end_is_stopped()
    {
        var slow = new NativeFunction(
            "slow",
            ParameterList.None,
            _ => throw new System.Text.RegularExpressions.RegexMatchTimeoutException()
        );
        var failure = Assert.Throws<DiagnosticException>(() =>
            Session().Render(Environment.Parse("{{ slow() }}", "a.sql"), Names(("slow", slow)))
        );
        Assert.Equal("HW2014", failure.Diagnostic.Code);
        Assert.Equal(1, failure.Diagnostic.Location?.Line);
    }

    [Theory]
    [InlineData("{{ t + (t - t) + d }}")]
    [InlineData("{{ m * m }}")]
    public void Results_that_no_value_can_hold_are_told(string template)
    {
        var names = Names(("t", new DateTime(9999, 1, 1)), ("d", TimeSpan.FromDays(999_999)), ("m", decimal.MaxValue));
        var failure = Assert.Throws<DiagnosticException>(() =>
            Session().Render(Environment.Parse(template, "t"), names)
        );
        Assert.Equal("HW2012", failure.Diagnostic.Code);
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
