using Headwater.Modeling.Building;
using Headwater.Warehouse.Publication;

namespace Headwater.Modeling.Tests.Proofs;

public sealed class PublishedProofTests
{
    private const string Properties = """
        models:
          - name: orders
            columns:
              - name: order_id
                data_tests: [unique, not_null]
              - name: customer_id
                data_tests:
                  - not_null
                  - relationships: {arguments: {to: ref('customers'), field: customer_id}}
          - name: customers
            columns:
              - name: customer_id
                data_tests: [unique]
        """;

    private static Task<TestProject> ShopAsync(TestEngine engine, string properties = Properties) =>
        TestProject.OnAsync(
            engine,
            ("seeds/raw.csv", "order_id,customer_id\n1,7\n2,8\n3,8\n"),
            ("models/orders.sql", "{{ config(materialized='table') }}select * from {{ ref('raw') }}"),
            ("models/customers.sql", "select distinct customer_id from {{ ref('raw') }}"),
            ("models/models.yml", properties)
        );

    private static async Task<IReadOnlyList<string>> HoldingAsync(TestProject project)
    {
        var connection = await project.Host.Warehouse.ConnectAsync(default);
        await using (connection)
        {
            var versions = await PublishedVersions.ReadAllAsync(connection, default);
            return
            [
                .. (await PublishedProofs.ReadAllAsync(connection, default))
                    .Where(proof => proof.HoldsIn(versions))
                    .Select(proof =>
                        $"{proof.Kind} {proof.Relation.Name}.{proof.Column}"
                        + (proof.Target is { } target ? $" {target.Relation.Name}.{target.Column}" : "")
                    )
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    private static async Task BuildAsync(TestProject project, params string[] select) =>
        Assert.Equal(
            "",
            string.Join('\n', (await project.BuildAsync(new BuildOptions { Select = select })).Diagnostics)
        );

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task What_passed_tests_have_shown_is_published_with_the_tables(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);

        Assert.Equal(
            [
                "NotNull orders.customer_id",
                "NotNull orders.order_id",
                "References orders.customer_id customers.customer_id",
                "Unique customers.customer_id",
                "Unique orders.order_id",
            ],
            await HoldingAsync(project)
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_proof_holds_until_a_table_changes_that_it_is_about_or_that_lies_below_a_view(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);

        project.Write("seeds/raw.csv", "order_id,customer_id\n1,7\n2,9\n");
        await BuildAsync(project, "raw");
        // The orders are as they were, and so is what is known of them alone.
        Assert.Equal(
            ["NotNull orders.customer_id", "NotNull orders.order_id", "Unique orders.order_id"],
            await HoldingAsync(project)
        );

        await BuildAsync(project);
        Assert.Equal(5, (await HoldingAsync(project)).Count);
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task What_looks_at_some_rows_only_or_just_warns_shows_nothing(TestEngine engine)
    {
        await using var project = await ShopAsync(
            engine,
            """
            models:
              - name: orders
                columns:
                  - name: order_id
                    data_tests:
                      - not_null: {config: {where: order_id > 1}}
                      - unique: {config: {severity: warn}}
                  - name: customer_id
                    data_tests:
                      - not_null: {config: {limit: 10}}
            """
        );
        await BuildAsync(project);

        Assert.Empty(await HoldingAsync(project));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_test_of_the_projects_own_making_shows_nothing_and_a_test_that_fails_no_more(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);
        project.Write(
            "tests/generic/not_null.sql",
            "{% test not_null(model, column_name) %}select 1 as a where false{% endtest %}"
        );
        project.Write(
            "models/models.yml",
            Properties.Replace(
                "data_tests: [unique]",
                "data_tests: [{unique: {config: {error_if: '> 100', warn_if: '> 100'}}}]",
                StringComparison.Ordinal
            )
        );
        project.Write("models/customers.sql", "select customer_id from {{ ref('raw') }}");
        await BuildAsync(project);

        Assert.Equal(
            ["References orders.customer_id customers.customer_id", "Unique orders.order_id"],
            await HoldingAsync(project)
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task What_tests_have_shown_that_are_no_more_is_forgotten(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);
        project.Write(
            "models/models.yml",
            Properties.Replace("data_tests: [unique, not_null]", "data_tests: [unique]", StringComparison.Ordinal)
        );
        await BuildAsync(project);
        var connection = await project.Host.Warehouse.ConnectAsync(default);
        await using (connection)
        {
            Assert.Equal(4, (await PublishedProofs.ReadAllAsync(connection, default)).Count);
        }
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_build_that_fails_leaves_the_proofs_of_the_one_before(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);
        var before = await HoldingAsync(project);

        project.Write("models/customers.sql", "select 7 as customer_id");
        Assert.False((await project.BuildAsync()).Succeeded);

        Assert.Contains("Unique orders.order_id", before);
        // Seeds and models are published together, so nothing of this build is there.
        Assert.Equal(before, await HoldingAsync(project));
    }
}
