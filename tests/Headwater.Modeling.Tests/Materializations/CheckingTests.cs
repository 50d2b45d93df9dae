using Headwater.Modeling.Building;

namespace Headwater.Modeling.Tests.Materializations;

/// <summary>Contracts, unit tests and tests with thresholds.</summary>
public sealed class CheckingTests
{
    private static Task<TestProject> ContractAsync(TestEngine engine, string sql, string materialized = "table") =>
        TestProject.OnAsync(
            engine,
            ("models/a.sql", $$$"""{{ config(materialized='{{{materialized}}}') }}{{{sql}}}"""),
            (
                "models/schema.yml",
                """
                models:
                  - name: a
                    config: {contract: {enforced: true}}
                    constraints: [{type: check, expression: "id > 0", name: positive}]
                    columns:
                      - {name: id, data_type: integer, constraints: [{type: not_null}, {type: primary_key}]}
                      - {name: name, data_type: varchar}
                """
            )
        );

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_contract_that_holds_gives_the_table_its_constraints(TestEngine engine)
    {
        await using var project = await ContractAsync(engine, "select 'x'::varchar as name, 1 as id");
        for (var build = 0; build < 2; build++)
        {
            Assert.Equal("", string.Join('\n', (await project.BuildAsync()).Diagnostics));
        }

        Assert.Equal("1|x", await project.RowsAsync("select * from analytics.a"));
        await Assert.ThrowsAnyAsync<Exception>(() => project.ExecuteAsync("insert into analytics.a values (1, 'y')"));
        await Assert.ThrowsAnyAsync<Exception>(() => project.ExecuteAsync("insert into analytics.a values (-1, 'y')"));
    }

    [Theory]
    [InlineData(TestEngine.DuckDb, "view")]
    [InlineData(TestEngine.Postgres, "view")]
    [InlineData(TestEngine.DuckDb, "table")]
    [InlineData(TestEngine.Postgres, "table")]
    [InlineData(TestEngine.DuckDb, "incremental")]
    [InlineData(TestEngine.Postgres, "incremental")]
    public async Task A_broken_contract_says_each_difference(TestEngine engine, string materialized)
    {
        await using var project = await ContractAsync(engine, "select 1.5 as id, 2 as more", materialized);
        var result = await project.BuildAsync();
        Assert.Equal("HW2141", result.Diagnostics.Codes());
        var message = result.Diagnostics[0].Message;
        Assert.Contains("id is declared as", message, StringComparison.Ordinal);
        Assert.Contains("name is declared, but the query does not give it", message, StringComparison.Ordinal);
        Assert.Contains("is not declared", message, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Rows_that_break_a_constraint_fail_the_build(TestEngine engine)
    {
        await using var project = await ContractAsync(engine, "select 'x'::varchar as name, null::integer as id");
        Assert.Equal("HW2131", (await project.BuildAsync()).Diagnostics.Codes());
    }

    private static Task<TestProject> UnitAsync(TestEngine engine, string expect) =>
        TestProject.OnAsync(
            engine,
            ("seeds/people.csv", "id,name,born\n1,Ann,1990-01-01\n"),
            (
                "models/adults.sql",
                "select id, upper(name) as name, born, {{ var('mark', 'm') }} as mark from {{ ref('people') }} where born < date '2000-01-01' {% if is_incremental() %} and id > (select max(id) from {{ this }}) {% endif %}"
            ),
            (
                "models/units.yml",
                $$"""
                unit_tests:
                  - name: only_adults
                    model: adults
                    given:
                      - input: ref('people')
                        rows:
                          - {id: 7, name: Eve, born: '1980-05-05'}
                          - {id: 8, name: null, born: '1999-12-31'}
                          - {id: 9, name: Kid, born: '2020-01-01'}
                    overrides: {vars: {mark: "'v'"} }
                    expect: {{expect}}
                  - name: csv_and_sql
                    model: adults
                    overrides: {macros: {is_incremental: true}, vars: {mark: "1"} }
                    given:
                      - input: ref('people')
                        format: csv
                        rows: |
                          id,name,born
                          1,a,1990-01-01
                          5,b,1990-01-01
                      - {input: this, format: sql, rows: "select 3 as id"}
                    expect: {format: sql, rows: "select 5 as id, 'B' as name"}
                """
            )
        );

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Unit_tests_run_on_fixtures_before_their_model(TestEngine engine)
    {
        await using var project = await UnitAsync(
            engine,
            "{rows: [{id: 8, name: null, mark: v}, {id: 7, name: EVE, mark: v}]}"
        );
        project.Options = new ModelingOptions
        {
            Variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["mark"] = "'x'" },
        };
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal("people:Success csv_and_sql:Success only_adults:Success adults:Success", result.Statuses());
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_failing_unit_test_shows_what_differs_and_holds_its_model_back(TestEngine engine)
    {
        await using var project = await UnitAsync(
            engine,
            "{rows: [{id: 7, name: ADAM, mark: v}, {id: 4, name: X, mark: w}]}"
        );
        project.Options = new ModelingOptions
        {
            Variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["mark"] = "'x'" },
        };
        var result = await project.BuildAsync();
        Assert.Equal("HW2151", result.Diagnostics.Codes());
        Assert.Contains("~ | 7 | ADAM → EVE | v", result.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains("- | 4 | X | w", result.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains("+ | 8 | NULL | v", result.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains("adults:Skipped", result.Statuses(), StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_fixture_with_an_unknown_column_says_which_there_are(TestEngine engine)
    {
        await using var project = await UnitAsync(engine, "{rows: [{idd: 1}]}");
        project.Options = new ModelingOptions
        {
            Variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["mark"] = "'x'" },
        };
        var result = await project.BuildAsync();
        Assert.Equal("HW2152", result.Diagnostics.Codes());
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Failing_rows_are_kept_also_when_nothing_is_published(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            (
                "models/a.sql",
                "{{ config(materialized='table') }}select 1 as id, 'x' as v union all select 2, null union all select 3, null"
            ),
            (
                "models/schema.yml",
                """
                models:
                  - name: a
                    columns:
                      - name: v
                        data_tests:
                          - not_null: {config: {store_failures: true, limit: 5, where: "id > 0"}}
                          - not_null: {name: may_be_null_sometimes, config: {error_if: ">5", warn_if: ">1"}}
                          - not_null: {name: warns, config: {severity: warn}}
                          - not_null: {name: sums, config: {fail_calc: "count(*) + 3", error_if: "< 5", warn_if: "< 0"}}
                """
            )
        );
        var result = await project.BuildAsync();
        Assert.Equal("HW2132 HW2133 HW2133", string.Join(' ', result.Diagnostics.Select(found => found.Code).Order()));
        Assert.Equal(
            "may_be_null_sometimes:2 not_null_a_v:2 sums:5 warns:2",
            string.Join(
                ' ',
                result
                    .Outcomes.Where(outcome => outcome.Node is Graph.TestNode)
                    .Select(outcome => $"{outcome.Node.Name}:{outcome.Rows}")
                    .Order(StringComparer.Ordinal)
            )
        );
        Assert.Equal(
            "2",
            await project.RowsAsync("select count(*) from analytics_dbt_test__audit.not_null_a_v where v is null")
        );
        Assert.Equal(
            "0",
            await project.RowsAsync("select count(*) from information_schema.tables where table_schema = 'analytics'")
        );
        await project.BuildAsync();
        Assert.Equal(
            "2",
            await project.RowsAsync("select count(*) from analytics_dbt_test__audit.not_null_a_v where v is null")
        );
    }

    [Fact]
    public async Task On_postgresql_a_contract_takes_one_kind_of_text_for_another()
    {
        await using var project = await TestProject.OnAsync(
            TestEngine.Postgres,
            (
                "models/a.sql",
                "{{ config(materialized='table') }}select 'x'::varchar as q, 'y'::varchar(9) as r, 'z'::text as s"
            ),
            (
                "models/m.yml",
                "models: [{name: a, config: {contract: {enforced: true}}, columns: [{name: q, data_type: text}, {name: r, data_type: text}, {name: s, data_type: varchar}]}]"
            )
        );
        Assert.Equal("", string.Join('\n', (await project.BuildAsync()).Diagnostics));
    }
}
