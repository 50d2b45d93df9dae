namespace Headwater.Modeling.Tests.Rendering;

/// <summary>What a template sees: template, text.</summary>
public sealed class ContextTests
{
    private static readonly (string Path, string Text)[] Files =
    [
        ("dbt_project.yml", "name: shop\nprofile: shop\nvars: {region: EU, shop: {deep: [1, 2]}}\n"),
        (
            "models/base.sql",
            "{{ config(materialized='table') }}select cast('a' as varchar) as name, cast(1.5 as decimal(9, 2)) as amount"
        ),
        (
            "macros/own.sql",
            "{% macro shout(text) %}{{ text | upper }}!{% endmacro %}{% macro default__greet() %}hello{% endmacro %}{% macro duckdb__greet() %}quack{% endmacro %}"
        ),
    ];

    [Theory]
    [InlineData("{{ flags.WHICH }} {{ flags.FULL_REFRESH }}", "compile False")]
    [InlineData(
        "{{ var('region') }} {{ var('deep')[1] }} {{ var('none', 'x') }} {{ var.has_var('region') }}",
        "EU 2 x True"
    )]
    [InlineData(
        "{{ target.type }} {{ adapter.type() }} {{ target.name }} {{ target.threads is number }}",
        "duckdb duckdb dev True"
    )]
    [InlineData("{{ shout('a') }} {{ shop.shout('b') }} {{ context['shout']('c') }}", "A! B! C!")]
    [InlineData("{{ adapter.dispatch('greet')() }} {{ adapter.dispatch('greet', 'shop')() }}", "quack quack")]
    [InlineData("{{ builtins.ref('base') }}", "\"memory\".\"analytics\".\"base\"")]
    [InlineData("{{ ref('base').include(database=false).quote(identifier=false) }}", "\"analytics\".base")]
    [InlineData("{{ api.Relation.create(database='d', schema='s', identifier='i', type='view').is_view }}", "True")]
    [InlineData(
        "{{ api.Column.create('n', 'string').data_type }} {{ api.Column('n', 'varchar(20)').string_size() }}",
        "TEXT 20"
    )]
    [InlineData(
        "{{ tojson({'b': 1, 'a': [none, true]}) }} {{ fromjson('{\"a\": 1}').a }}",
        "{\"b\": 1, \"a\": [null, true]} 1"
    )]
    [InlineData(
        "{{ fromyaml('a: [1, x]').a[1] }} {{ toyaml({'a': 1, 'b': [1, {'c': 'x y'}], 'd': {'e': 'yes'}}) | trim }}",
        "x a: 1\nb:\n- 1\n- c: x y\nd:\n  e: 'yes'"
    )]
    [InlineData("{{ set([1, 1, 2]) | length }} {{ set_strict([1]) | list }} {{ set(1, 'no') }}", "2 [1] no")]
    [InlineData(
        "{{ zip([1, 2], ['a', 'b']) | list }} {{ zip_strict([1], [2]) | list }} {{ zip(1, [2], default='no') }}",
        "[(1, 'a'), (2, 'b')] [(1, 2)] no"
    )]
    [InlineData("{{ local_md5('a') }}", "0cc175b9c0f1b6a831c399e269772661")]
    [InlineData("{{ diff_of_two_dicts({'a': ['x', 'Y'], 'b': ['z']}, {'A': ['X'], 'b': ['z']}) }}", "{'a': ['Y']}")]
    [InlineData(
        "{{ modules.datetime.datetime(2024, 2, 29).strftime('%Y/%m/%d') }} {{ (modules.datetime.date(2024, 3, 1) - modules.datetime.timedelta(days=1)).isoformat() }}",
        "2024/02/29 2024-02-29"
    )]
    [InlineData(
        "{{ modules.re.match('(a+)b', 'aab').group(1) }} {{ modules.re.sub('b', 'x', 'abab', count=1) }} {{ modules.re.findall('a.', 'abac') }} {{ modules.re.search('B', 'abc', modules.re.IGNORECASE) is not none }}",
        "aa axab ['ab', 'ac'] True"
    )]
    [InlineData(
        "{% set t = modules.datetime.timedelta %}{{ t(days=1, hours=2) }}|{{ t(seconds=90) }}|{{ t(days=-1) }}|{{ t(days=-2, microseconds=5) }}|{{ t(hours=-1) }}|{{ [t(1, 5)] }}",
        "1 day, 2:00:00|0:01:30|-1 day, 0:00:00|-2 days, 0:00:00.000005|-1 day, 23:00:00|[datetime.timedelta(days=1, seconds=5)]"
    )]
    [InlineData(
        "{% set t = modules.datetime.timedelta %}{{ t(hours=1) * 2 }} {{ 1.5 * t(hours=1) }} {{ t(hours=3) / 2 }} {{ t(hours=3) / t(hours=2) }} {{ t(hours=3) // t(hours=2) }} {{ t(seconds=3) // 2 }} {{ t(hours=3) % t(hours=2) }}",
        "2:00:00 1:30:00 1:30:00 1.5 1 0:00:01.500000 1:00:00"
    )]
    [InlineData(
        "{% set t = modules.datetime.timedelta %}{{ t(1) > t(hours=23) }} {{ t(hours=24) == t(1) }} {{ 1 if t(0) else 0 }} {{ t(hours=-1).days }} {{ t(hours=-1).seconds }} {{ t(minutes=1).total_seconds() }} {{ t(milliseconds=1).microseconds }}",
        "True True 0 -1 82800 60.0 1000"
    )]
    [InlineData(
        "{{ modules.datetime.datetime(2024, 12, 30).isocalendar() }} {{ modules.datetime.date(2024, 12, 30).isocalendar()[1] }} {{ modules.datetime.date(2024, 12, 30).isocalendar().week }}",
        "(2025, 1, 1) 1 1"
    )]
    [InlineData(
        "{{ modules.datetime.time(1, 30) }} {{ modules.datetime.datetime.combine(modules.datetime.date(2024, 1, 2), modules.datetime.time(1, 30)) }}",
        "01:30:00 2024-01-02 01:30:00"
    )]
    [InlineData(
        "{% set p = modules.re.compile('(?P<k>\\w)=(\\d)') %}{{ p.findall('a=1,b=2') }} {{ p.sub('\\g<2>$1', 'a=1') }} {{ p.search('x a=1').groupdict() }} {{ p.match('x a=1') }} {{ p.pattern }}",
        "[('a', '1'), ('b', '2')] 1$1 {'k': 'a'} None (?P<k>\\w)=(\\d)"
    )]
    [InlineData(
        "{% for m in modules.re.finditer('[ab]', 'xaxb') %}{{ m.group() }}{{ m.span() }}{% endfor %} {{ modules.re.subn('b', '-', 'abb') }} {{ modules.re.compile('B', modules.re.I).search('abc').start() }}",
        "a(1, 2)b(3, 4) ('a--', 2) 1"
    )]
    [InlineData(
        "{{ modules.itertools.chain([1], [2, 3]) | list }} {{ modules.itertools.product([1, 2], 'a') | list }} {{ modules.itertools.combinations([1, 2, 3], 2) | list }}",
        "[1, 2, 3] [(1, 'a'), (2, 'a')] [(1, 2), (1, 3), (2, 3)]"
    )]
    [InlineData(
        "{{ modules.itertools.zip_longest([1, 2], ['a'], fillvalue='-') | list }} {{ modules.itertools.accumulate([1, 2, 3]) | list }} {{ modules.itertools.islice([1, 2, 3, 4], 1, 3) | list }}",
        "[(1, 'a'), (2, '-')] [1, 3, 6] [2, 3]"
    )]
    [InlineData(
        "{{ modules.pytz.timezone('Europe/Berlin').localize(modules.datetime.datetime(2024, 7, 1, 12)).isoformat() }}",
        "2024-07-01T12:00:00+02:00"
    )]
    [InlineData(
        "{{ modules.pytz.utc.localize(modules.datetime.datetime(2024, 7, 1, 12)).astimezone(modules.pytz.timezone('America/New_York')).strftime('%H:%M') }}",
        "08:00"
    )]
    [InlineData(
        "{% set n = graph.nodes['model.shop.base'] %}{{ n.checksum.name }} {{ n.access }} {{ n.contract.enforced }} {{ n.docs.show }} {{ n.refs }} {{ n.sources }} {{ n.constraints }} {{ n.group }} {{ n.patch_path }} {{ n.config.on_schema_change }} {{ n.relation_name }}",
        "sha256 protected False True [] [] [] None None ignore \"memory\".\"analytics\".\"base\""
    )]
    [InlineData(
        "{{ model.refs }} {{ model.config.materialized }} {{ model.checksum.name }} {{ invocation_args_dict.which }} {{ invocation_args_dict.full_refresh }}",
        "[] view sha256 compile False"
    )]
    [InlineData(
        "{{ graph.nodes['model.shop.base'].config.materialized }} {{ graph.nodes.values() | map(attribute='name') | sort | join(',') }}",
        "table base,probe"
    )]
    [InlineData(
        "{{ model.name }} {{ model.unique_id }} {{ this.identifier }} {{ project_name }} {{ database }} {{ schema }}",
        "probe model.shop.probe probe shop memory analytics"
    )]
    [InlineData("{{ env_var('WORD') }} {{ env_var('NONE', 'd') }}", "said d")]
    [InlineData(
        "{{ execute }} {{ invocation_id | length }} {{ run_started_at.astimezone(modules.pytz.timezone('Asia/Tokyo')).strftime('%z') }} {{ dbt_version.split('.')[0] }}",
        "True 2 +0900 1"
    )]
    [InlineData(
        "{{ adapter.quote('a\"b') }} {{ adapter.get_columns_in_relation(ref('base')) | map(attribute='data_type') | join(' ') }}",
        "\"a\"\"b\" VARCHAR DECIMAL(9,2)"
    )]
    [InlineData(
        "{{ adapter.get_relation('memory', 'analytics', 'base').type }} {{ adapter.get_relation('memory', 'analytics', 'none') is none }} {{ load_relation(ref('base')) is not none }}",
        "table True True"
    )]
    [InlineData(
        "{{ adapter.check_schema_exists('memory', 'analytics') }} {{ adapter.list_schemas('memory') | select('equalto', 'analytics') | list }} {{ adapter.list_relations_without_caching(api.Relation.create(database='memory', schema='analytics')) | map(attribute='identifier') | list }}",
        "True ['analytics'] ['base']"
    )]
    [InlineData(
        "{{ run_query('select 1 as a union all select 2 order by 1').columns['a'].values() }} {{ dbt.run_query('select 3').rows[0][0] }}",
        "(1, 2) 3"
    )]
    [InlineData(
        "{% call statement('s', fetch_result=true) %}select 5 as n{% endcall %}{{ load_result('s').table.columns[0][0] }} {{ load_result('s')['data'][0][0] }} {{ load_result('none') is none }}",
        "5 5 True"
    )]
    [InlineData(
        "{{ config.get('materialized') }} {{ config.get('none', 'd') }} {{ config.require('materialized') }}",
        "view d view"
    )]
    [InlineData(
        "{{ try_or_compiler_error('no', shout, 'a') }} {{ dbt_metadata_envs }} {{ print('x') }}{{ log('y') }}",
        "A! {} "
    )]
    [InlineData("{{ return('x') if false else 'kept' }} {{ selected_resources | length }}", "kept 1")]
    public async Task A_template_sees(string template, string expected)
    {
        await using var project = new TestProject([.. Files, ("models/probe.sql", template)])
        {
            Options = new ModelingOptions
            {
                Environment = name => name == "WORD" ? "said" : null,
                InvocationId = "id",
                Clock = new StandingClock(),
            },
        };
        await project.BuildAsync(new Building.BuildOptions { Select = ["base"] });
        Assert.Equal(expected, await project.CompileAsync("probe"));
    }

    [Theory]
    [InlineData("t.select('a').columns[0].values()", "(2, 1, 2, None)")]
    [InlineData("t.select(['b', 'A']).column_names", "('b', 'a')")]
    [InlineData("t.exclude('a').column_names", "('b',)")]
    [InlineData("t.order_by('a').columns['b'].values()", "('y', 'x', 'z', 'w')")]
    [InlineData("t.order_by(['a', 'b'], reverse=true).columns['b'].values()", "('w', 'z', 'x', 'y')")]
    [InlineData("t.limit(2).rows | length", "2")]
    [InlineData("t.limit(1, 4, 2).columns.b.values()", "('y', 'w')")]
    [InlineData("t.where(large).columns['b'].values()", "('x', 'z')")]
    [InlineData("t.find(large)['b']", "x")]
    [InlineData("t.distinct('a').columns['b'].values()", "('x', 'y', 'w')")]
    [InlineData("t.group_by('a').keys() | list", "[2, 1, None]")]
    [InlineData("t.group_by('a')[2].columns['b'].values()", "('x', 'z')")]
    [InlineData("t.rename(column_names=['c', 'd']).column_names", "('c', 'd')")]
    [InlineData("t.rename({'a': 'c'}).rows[0]['c']", "2")]
    [InlineData("t.columns[0].values_sorted()", "(1, 2, 2, None)")]
    [InlineData("t.columns[0].values_without_nulls()", "(2, 1, 2)")]
    [InlineData("t.print_table()", "")]
    public async Task The_rows_of_a_query_have_the_methods_of_an_agate_table(string expression, string expected)
    {
        await using var project = new TestProject([
            .. Files,
            (
                "macros/large.sql",
                "{% macro large(row) %}{{ return(row['a'] is not none and row['a'] > 1) }}{% endmacro %}"
            ),
            (
                "models/probe.sql",
                "{% if execute %}{% set t = run_query(\"select * from (values (2, 'x'), (1, 'y'), (2, 'z'), (null, 'w')) as t (a, b)\") %}{{ "
                    + expression
                    + " }}{% endif %}"
            ),
        ]);
        Assert.Equal(expected, await project.CompileAsync("probe"));
    }

    [Fact]
    public async Task A_template_sees_tests_as_the_manifest_has_them()
    {
        await using var project = new TestProject([
            .. Files,
            (
                "models/base.yml",
                "models: [{name: base, columns: [{name: name, data_tests: [{accepted_values: {values: [a], config: {limit: 5}}}]}]}]"
            ),
            (
                "models/probe.sql",
                """
                {% for n in graph.nodes.values() if n.resource_type == 'test' %}{{ n.test_metadata.name }} {{ n.test_metadata.kwargs['values'] }} {{ n.column_name }} {{ n.attached_node }} {{ n.config.severity }} {{ n.config.materialized }} {{ n.config.limit }} {{ n.refs[0].name }}{% endfor %}
                """
            ),
        ]);
        Assert.Equal(
            "accepted_values ['a'] name model.shop.base ERROR test 5 base",
            (await project.CompileAsync("probe")).Trim()
        );
    }

    [Theory]
    [InlineData("{{ config.require('gone') }}", "gone")]
    [InlineData("{{ run_query('select 1 as a').select('b') }}", "has no column 'b'; it has 'a'")]
    [InlineData("{{ run_query('select 1 as a').to_csv('f') }}", "file")]
    [InlineData("{{ modules.re.match('(a+)+$', 'a' * 40 ~ 'b') }}", "regular expression took too long")]
    [InlineData("{{ modules.re.sub('a', 'b' * 1000000, 'a' * 1000000) }}", "characters")]
    [InlineData("{{ modules.datetime.timedelta(days=1e20) }}", "out of range")]
    [InlineData("{{ modules.datetime.timedelta(1) < 1 }}", "'datetime.timedelta' and 'int'")]
    [InlineData("{{ exceptions.raise_compiler_error('stop ' ~ 1) }}", "stop 1")]
    [InlineData("{{ exceptions.raise_not_implemented('later') }}", "later")]
    [InlineData("{{ exceptions.relation_wrong_type(ref('base'), 'view') }}", "view")]
    [InlineData("{{ env_var('GONE') }}", "GONE")]
    [InlineData("{{ var('gone') }}", "gone")]
    [InlineData("{{ zip_strict(1, 2) }}", "iterable")]
    [InlineData("{{ try_or_compiler_error('said so', exceptions.raise_compiler_error, 'x') }}", "said so")]
    [InlineData("{{ submit_python_job({}, 'x') }}", "Python")]
    [InlineData("{{ adapter.dispatch('nothing', 'shop')() }}", "nothing")]
    public async Task What_a_template_refuses_is_an_error_at_its_place(string template, string word)
    {
        await using var project = new TestProject([
            .. Files,
            ("models/probe.sql", "{% if execute %}" + template + "{% endif %}"),
        ]);
        var failure = await Assert.ThrowsAsync<Kernel.Diagnostics.DiagnosticException>(() =>
            project.CompileAsync("probe")
        );
        Assert.Contains(word, failure.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal("models/probe.sql", failure.Diagnostic.Location!.File);
    }

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);
    }
}
