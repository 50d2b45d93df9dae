namespace Headwater.Modeling.Tests.BuiltIn;

/// <summary>What dbt's cross-database macros give, on every engine: macro call, value as text.</summary>
public sealed class CrossDatabaseMacroTests
{
    private const string First = "cast('2024-02-28 23:50:10' as timestamp)";
    private const string Second = "cast('2025-03-01 01:20:40' as timestamp)";

    private static readonly (string Call, string Value)[] Cases =
    [
        ($"dbt.datediff(\"{First}\", \"{Second}\", 'year')", "1"),
        ($"dbt.datediff(\"{First}\", \"{Second}\", 'quarter')", "4"),
        ($"dbt.datediff(\"{First}\", \"{Second}\", 'month')", "13"),
        ($"dbt.datediff(\"{First}\", \"{Second}\", 'day')", "367"),
        ($"dbt.datediff(\"{First}\", \"{Second}\", 'hour')", "8786"),
        ($"dbt.datediff(\"{First}\", \"{Second}\", 'minute')", "527130"),
        ($"dbt.datediff(\"{First}\", \"{Second}\", 'second')", "31627830"),
        ($"dbt.datediff(\"{First}\", \"{Second}\", 'millisecond')", "31627830000"),
        ("dbt.datediff(\"date '2024-01-01'\", \"date '2024-01-15'\", 'week')", "2"),
        ("dbt.dateadd('month', -1, \"cast('2024-03-31' as timestamp)\")", "2024-02-29 00:00:00"),
        ("dbt.dateadd('day', '2', \"cast('2024-02-28' as timestamp)\")", "2024-03-01 00:00:00"),
        (
            "dbt.dateadd(datepart='hour', interval=5, from_date_or_timestamp=\"cast('2024-02-28' as timestamp)\")",
            "2024-02-28 05:00:00"
        ),
        ("dbt.date_trunc('month', \"cast('2024-02-28' as timestamp)\")", "2024-02-01 00:00:00"),
        ("dbt.last_day(\"cast('2024-02-10' as timestamp)\", 'month')", "2024-02-29"),
        ("dbt.last_day(\"cast('2024-02-10' as timestamp)\", 'quarter')", "2024-03-31"),
        ("dbt.last_day(\"cast('2024-02-10' as timestamp)\", 'year')", "2024-12-31"),
        ("dbt.date(2024, 2, 29)", "2024-02-29"),
        ("dbt.split_part(\"'a|b|c'\", \"'|'\", 2)", "b"),
        ("dbt.split_part(\"'a|b|c'\", \"'|'\", -1)", "c"),
        ("dbt.concat([\"'a'\", \"'b'\", \"'c'\"])", "abc"),
        ("dbt.hash(\"'ab'\")", "187ef4436122d1cc2f40dc2b92f0eba0"),
        ("dbt.length(\"'four'\")", "4"),
        ("dbt.position(\"'c'\", \"'abc'\")", "3"),
        ("dbt.replace(\"'aXb'\", \"'X'\", \"'-'\")", "a-b"),
        ("dbt.right(\"'abcdef'\", 2)", "ef"),
        ("dbt.string_literal('a ' ~ dbt.escape_single_quotes(\"it's\"))", "a it's"),
        ("dbt.cast(\"'7'\", dbt.type_int())", "7"),
        ("dbt.cast(\"'7'\", dbt.type_bigint())", "7"),
        ("dbt.cast(\"'1.5'\", dbt.type_numeric())", "1.500000"),
        ("dbt.cast(\"'1.5'\", dbt.type_float())", "1.5"),
        ("dbt.cast(\"1\", dbt.type_string())", "1"),
        ("dbt.cast(\"'2024-01-02'\", dbt.type_timestamp())", "2024-01-02 00:00:00"),
        ("dbt.cast(\"'true'\", dbt.type_boolean())", "true"),
        ("dbt.safe_cast(\"'7'\", dbt.type_int())", "7"),
        ("dbt.cast_bool_to_text('true')", "true"),
        ("dbt.any_value('3')", "3"),
        ("dbt.bool_or('true')", "true"),
        ("dbt.equals('null', 'null')", "true"),
        ("dbt.equals('1', 'null')", "false"),
        ("dbt.array_construct(['1', '2'])", "[1, 2]"),
        ("dbt.array_append(dbt.array_construct(['1', '2']), '3')", "[1, 2, 3]"),
        ("dbt.array_concat(dbt.array_construct(['1']), dbt.array_construct(['2']))", "[1, 2]"),
    ];

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Each_macro_gives_the_same_on_every_engine(TestEngine engine)
    {
        var columns = Cases.Select((item, index) => $"cast({{{{ {item.Call} }}}} as text) as c{index}");
        await using var project = await TestProject.OnAsync(
            engine,
            ("models/a.sql", $"select {string.Join(",\n", columns)}")
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        var values = (await project.RowsAsync("select * from analytics.a")).Split('|', StringSplitOptions.None);
        // PostgreSQL prints arrays in braces.
        Assert.Equal(
            Cases.Select(item => item.Value),
            values.Select(value =>
                value.StartsWith('{')
                    ? "[" + value.Trim('{', '}').Replace(",", ", ", StringComparison.Ordinal) + "]"
                    : value
            )
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Lists_of_values_keep_their_order_and_limit(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            (
                "models/a.sql",
                """
                select {{ dbt.listagg('v', "'+'", 'order by v desc') }} as everything,
                  {{ dbt.listagg('v', "'+'", 'order by v', 2) }} as two
                from (values ('q'), ('p'), ('r')) as t(v)
                """
            )
        );
        await project.BuildAsync();
        Assert.Equal("r+q+p|p+q", await project.RowsAsync("select * from analytics.a"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Series_of_numbers_and_dates_are_whole(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            ("models/numbers.sql", "{{ dbt.generate_series(5) }}"),
            (
                "models/days.sql",
                "{{ config(materialized='table') }}{{ dbt.date_spine('day', \"cast('2024-02-27' as date)\", \"cast('2024-03-02' as date)\") }}"
            )
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal(
            "1|5|15",
            await project.RowsAsync(
                "select min(generated_number), max(generated_number), sum(generated_number) from analytics.numbers"
            )
        );
        Assert.Equal(
            "2024-02-27;2024-02-28;2024-02-29;2024-03-01",
            await project.RowsAsync("select cast(cast(date_day as date) as text) from analytics.days order by 1")
        );
    }

    [Fact]
    public async Task The_information_schema_may_be_named_in_three_parts()
    {
        await using var project = new TestProject(
            ("models/a.sql", "select 1 as x"),
            (
                "models/b.sql",
                """
                -- depends_on: {{ ref('a') }}
                {% set found = run_query("select count(*) from " ~ target.database ~ ".information_schema.tables where table_name = 'a'") %}
                select {{ found.columns[0].values()[0] if execute else 0 }} as tables
                """
            )
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal("1", await project.RowsAsync("select tables from analytics.b"));
    }
}
