using System.Text.Json;

namespace Headwater.Modeling.Tests.Artifacts;

public sealed class ArtifactTests
{
    private const string Named = "name:s resource_type:s package_name:s path:s original_file_path:s unique_id:s";
    private const string Placed = Named + " fqn:a";
    private const string Query =
        Placed
        + " database:s? schema:s alias:s checksum:o config:o tags:a description:s columns:o meta:o group:s? docs:o"
        + " patch_path:s? build_path:s? created_at:n relation_name:s? raw_code:s";
    private const string Compiled =
        Query
        + " language:s refs:a sources:a metrics:a depends_on:o compiled_path:s compiled:b compiled_code:s"
        + " extra_ctes_injected:b extra_ctes:a contract:o";

    /// <summary>The fields of each kind, by unique id of a node of it: those that dbt's schema names and that are written.</summary>
    private static readonly Dictionary<string, (string Section, string Fields)> Kinds = new(StringComparer.Ordinal)
    {
        ["model.shop.orders"] = (
            "nodes",
            Compiled + " access:s constraints:a version:v? latest_version:v? primary_key:a"
        ),
        ["seed.shop.countries"] = ("nodes", Query + " root_path:s depends_on:o"),
        ["analysis.shop.by_day"] = ("nodes", Compiled),
        ["snapshot.shop.orders_history"] = ("nodes", Compiled),
        ["test.shop.none_negative"] = ("nodes", Compiled),
        ["test.shop.unique_orders_order_id."] = ("nodes", Compiled + " column_name:s attached_node:s test_metadata:o"),
        ["operation.shop.shop-on-run-end-0"] = (
            "nodes",
            Placed + " database:s schema:s alias:s checksum:o tags:a raw_code:s language:s index:n"
        ),
        ["source.shop.crm.raw_orders"] = (
            "sources",
            Placed
                + " database:s schema:s source_name:s source_description:s loader:s identifier:s quoting:o loaded_at_field:s"
                + " loaded_at_query:s? freshness:o description:s columns:o meta:o tags:a config:o patch_path:s? relation_name:s created_at:n"
        ),
        ["macro.shop.cents"] = (
            "macros",
            Named
                + " macro_sql:s depends_on:o description:s meta:o docs:o patch_path:s arguments:a created_at:n supported_languages:a?"
        ),
        ["doc.shop.orders_text"] = ("docs", Named + " block_contents:s"),
        ["exposure.shop.board"] = (
            "exposures",
            Placed
                + " type:s owner:o description:s label:s maturity:s meta:o tags:a url:s config:o depends_on:o refs:a sources:a metrics:a created_at:n"
        ),
        ["group.shop.finance"] = ("groups", Named + " owner:o description:s?"),
        ["metric.shop.average_order"] = (
            "metrics",
            Placed
                + " label:s type:s type_params:o filter:o? metadata:o? time_granularity:s? description:s group:s? config:o depends_on:o"
                + " refs:a created_at:n meta:o tags:a sources:a metrics:a"
        ),
        ["semantic_model.shop.order_facts"] = (
            "semantic_models",
            Placed
                + " model:s label:s? defaults:o entities:a measures:a dimensions:a metadata:o? primary_entity:s description:s group:s?"
                + " config:o depends_on:o refs:a created_at:n node_relation:o"
        ),
        ["saved_query.shop.weekly"] = (
            "saved_queries",
            Placed
                + " query_params:o exports:a label:s metadata:o? description:s group:s? config:o depends_on:o refs:a created_at:n tags:a"
        ),
        ["unit_test.shop.stg_orders.cents_are_counted"] = (
            "unit_tests",
            Placed
                + " model:s given:a expect:o description:s overrides:o depends_on:o config:o schema:s created_at:n version:v?"
        ),
    };

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Every_kind_has_the_fields_that_tools_read_and_no_others(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(engine, [.. EveryKindProject.Files]);
        var manifest = (await WrittenArtifacts.OfAsync(project)).Manifest;
        var problems = Kinds.SelectMany(kind =>
            Find(manifest.GetProperty(kind.Value.Section), kind.Key) is { } node
                ? FieldSpecification.Problems(kind.Value.Fields, node).Select(problem => $"{kind.Key}: {problem}")
                : [$"{kind.Key} is missing"]
        );
        Assert.Empty(problems);
    }

    [Fact]
    public async Task No_section_of_the_manifest_is_empty()
    {
        await using var project = new TestProject([.. EveryKindProject.Files]);
        var manifest = (await WrittenArtifacts.OfAsync(project)).Manifest;
        const string Sections =
            "metadata nodes sources macros docs exposures metrics groups selectors disabled parent_map child_map group_map saved_queries"
            + " semantic_models unit_tests";
        Assert.All(
            Sections.Split(' '),
            name => Assert.True(manifest.GetProperty(name).EnumerateObject().Any(), $"{name} is empty")
        );
    }

    [Fact]
    public async Task The_maps_hold_what_reads_what_metrics_and_exposures_included()
    {
        await using var project = new TestProject([.. EveryKindProject.Files]);
        var manifest = (await WrittenArtifacts.OfAsync(project)).Manifest;
        var parents = manifest.GetProperty("parent_map");
        Assert.Equal("model.shop.orders", Ids(parents, "semantic_model.shop.order_facts"));
        Assert.Equal("semantic_model.shop.order_facts", Ids(parents, "metric.shop.revenue"));
        Assert.Equal("metric.shop.orders_placed metric.shop.revenue", Ids(parents, "metric.shop.average_order"));
        Assert.Equal("metric.shop.revenue", Ids(parents, "saved_query.shop.weekly"));
        Assert.Equal(
            "metric.shop.revenue model.shop.orders source.shop.crm.raw_orders",
            Ids(parents, "exposure.shop.board")
        );
        Assert.Contains(
            "exposure.shop.board",
            Ids(manifest.GetProperty("child_map"), "metric.shop.revenue"),
            StringComparison.Ordinal
        );
        Assert.Equal("model.shop.orders", Ids(manifest.GetProperty("group_map"), "finance"));
        Assert.Equal(["model.shop.off", "source.shop.crm.unused"], Names(manifest.GetProperty("disabled")));
    }

    [Fact]
    public async Task Macros_are_depended_on_by_those_that_call_them()
    {
        await using var project = new TestProject([.. EveryKindProject.Files]);
        var manifest = (await WrittenArtifacts.OfAsync(project)).Manifest;
        Assert.Equal("macro.shop.cents", Macros(manifest.GetProperty("nodes").GetProperty("model.shop.stg_orders")));
        Assert.Equal("macro.shop.hundred", Macros(manifest.GetProperty("macros").GetProperty("macro.shop.cents")));
        Assert.Equal("", Macros(manifest.GetProperty("macros").GetProperty("macro.shop.hundred")));
        Assert.Equal(
            "Money as cents",
            manifest.GetProperty("macros").GetProperty("macro.shop.cents").GetProperty("description").GetString()
        );
    }

    [Fact]
    public async Task Settings_have_one_form_and_those_that_nobody_made_their_default()
    {
        await using var project = new TestProject([.. EveryKindProject.Files]);
        var nodes = (await WrittenArtifacts.OfAsync(project)).Manifest.GetProperty("nodes");
        var config = nodes.GetProperty("model.shop.orders").GetProperty("config");
        Assert.Equal(
            """[{"sql":"select 1","transaction":true,"index":null},{"sql":"select 2","transaction":false,"index":null}]""",
            Compact(config.GetProperty("post-hook"))
        );
        Assert.Equal("ignore", config.GetProperty("on_schema_change").GetString());
        Assert.True(config.GetProperty("contract").GetProperty("alias_types").GetBoolean());
        Assert.Equal(
            """["nightly"]""",
            Compact(nodes.GetProperty("model.shop.stg_orders").GetProperty("config").GetProperty("tags"))
        );
        var test = nodes
            .EnumerateObject()
            .Single(node => node.Name.StartsWith("test.shop.not_null_orders_order_id.", StringComparison.Ordinal));
        Assert.Equal("warn", test.Value.GetProperty("config").GetProperty("severity").GetString());
        Assert.Equal("dbt_test__audit", test.Value.GetProperty("config").GetProperty("schema").GetString());
        Assert.Equal(JsonValueKind.Null, test.Value.GetProperty("config").GetProperty("alias").ValueKind);
        Assert.Equal("count(*)", test.Value.GetProperty("config").GetProperty("fail_calc").GetString());
    }

    [Fact]
    public async Task A_contract_has_its_columns_constraints_and_a_digest()
    {
        await using var project = new TestProject([.. EveryKindProject.Files]);
        var nodes = (await WrittenArtifacts.OfAsync(project)).Manifest.GetProperty("nodes");
        var orders = nodes.GetProperty("model.shop.orders");
        Assert.Equal(64, orders.GetProperty("contract").GetProperty("checksum").GetString()!.Length);
        Assert.Equal("check", orders.GetProperty("constraints")[0].GetProperty("type").GetString());
        var constraints = orders.GetProperty("columns").GetProperty("order_id").GetProperty("constraints");
        Assert.Equal(
            "not_null primary_key",
            string.Join(' ', constraints.EnumerateArray().Select(item => item.GetProperty("type").GetString()))
        );
        Assert.Equal("""["order_id"]""", Compact(orders.GetProperty("primary_key")));
        Assert.Equal("shop://models/orders.yml", orders.GetProperty("patch_path").GetString());
        Assert.Equal(
            JsonValueKind.Null,
            nodes.GetProperty("model.shop.steps").GetProperty("contract").GetProperty("checksum").ValueKind
        );
        Assert.Equal(2, nodes.GetProperty("model.shop.totals.v1").GetProperty("latest_version").GetInt32());
    }

    [Fact]
    public async Task The_semantic_layer_is_written_in_full_forms()
    {
        await using var project = new TestProject([.. EveryKindProject.Files]);
        var manifest = (await WrittenArtifacts.OfAsync(project)).Manifest;
        var metrics = manifest.GetProperty("metrics");
        var simple = metrics.GetProperty("metric.shop.orders_placed");
        Assert.Equal(2, simple.GetProperty("filter").GetProperty("where_filters").GetArrayLength());
        Assert.Equal(
            0,
            simple.GetProperty("type_params").GetProperty("measure").GetProperty("fill_nulls_with").GetInt32()
        );
        var ratio = metrics.GetProperty("metric.shop.average_order").GetProperty("type_params");
        Assert.Equal("placed", ratio.GetProperty("denominator").GetProperty("alias").GetString());
        Assert.Equal(
            "order_count revenue_sum",
            string.Join(
                ' ',
                ratio
                    .GetProperty("input_measures")
                    .EnumerateArray()
                    .Select(item => item.GetProperty("name").GetString())
                    .Order(StringComparer.Ordinal)
            )
        );
        Assert.Equal(
            """{"count":7,"granularity":"day"}""",
            Compact(
                metrics
                    .GetProperty("metric.shop.so_far")
                    .GetProperty("type_params")
                    .GetProperty("cumulative_type_params")
                    .GetProperty("window")
            )
        );
        var model = manifest.GetProperty("semantic_models").GetProperty("semantic_model.shop.order_facts");
        Assert.Equal("orders", model.GetProperty("node_relation").GetProperty("alias").GetString());
        Assert.Equal("order_item", model.GetProperty("primary_entity").GetString());
        Assert.Equal("1", model.GetProperty("measures")[1].GetProperty("expr").GetString());
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Results_say_when_each_node_was_compiled_and_ran(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(engine, [.. EveryKindProject.Files]);
        var results = (await WrittenArtifacts.OfAsync(project)).RunResults;
        const string Fields =
            "status:s timing:a thread_id:s execution_time:n adapter_response:o message:s? failures:n? unique_id:s compiled:b?"
            + " compiled_code:s? relation_name:s? batch_results:o?";
        foreach (var result in results.GetProperty("results").EnumerateArray())
        {
            Assert.Empty(FieldSpecification.Problems(Fields, result));
            var timing = result.GetProperty("timing").EnumerateArray().ToList();
            Assert.Equal(
                "compile execute",
                string.Join(' ', timing.Select(part => part.GetProperty("name").GetString()))
            );
            Assert.True(
                timing[0].GetProperty("started_at").GetDateTimeOffset()
                    <= timing[1].GetProperty("completed_at").GetDateTimeOffset()
            );
        }
    }

    [Theory]
    [InlineData(TestEngine.DuckDb, JsonValueKind.Null)]
    [InlineData(TestEngine.Postgres, JsonValueKind.String)]
    public async Task The_catalog_has_comments_and_owners_as_far_as_the_engine_keeps_them(
        TestEngine engine,
        JsonValueKind owner
    )
    {
        await using var project = await TestProject.OnAsync(engine, [.. EveryKindProject.Files]);
        var catalog = (await WrittenArtifacts.OfAsync(project)).Catalog;
        var orders = catalog.GetProperty("nodes").GetProperty("model.shop.orders");
        Assert.Equal("One row an order.", orders.GetProperty("metadata").GetProperty("comment").GetString());
        Assert.Equal(owner, orders.GetProperty("metadata").GetProperty("owner").ValueKind);
        Assert.Equal(
            "The key",
            orders.GetProperty("columns").GetProperty("order_id").GetProperty("comment").GetString()
        );
        Assert.Equal(
            JsonValueKind.Null,
            orders.GetProperty("columns").GetProperty("amount").GetProperty("comment").ValueKind
        );
        Assert.True(catalog.GetProperty("sources").TryGetProperty("source.shop.crm.raw_orders", out _));
    }

    [Fact]
    public async Task Ages_of_sources_are_written_with_what_they_were_held_against()
    {
        await using var project = new TestProject([.. EveryKindProject.Files]);
        var sources = (await WrittenArtifacts.OfAsync(project)).Sources;
        var result = Assert.Single(sources.GetProperty("results").EnumerateArray());
        Assert.Empty(
            FieldSpecification.Problems(
                "unique_id:s max_loaded_at:s snapshotted_at:s max_loaded_at_time_ago_in_s:n status:s criteria:o adapter_response:o"
                    + " timing:a thread_id:s execution_time:n",
                result
            )
        );
        Assert.Equal(
            """{"warn_after":{"count":12,"period":"hour"},"error_after":null,"filter":null}""",
            Compact(result.GetProperty("criteria"))
        );
    }

    [Fact]
    public async Task What_shares_a_file_is_compiled_to_files_of_its_own()
    {
        await using var project = new TestProject(
            ("seeds/people.csv", "id\n1\n"),
            (
                "snapshots/both.yml",
                """
                snapshots:
                  - {name: one, relation: ref('people'), config: {strategy: check, unique_key: id, check_cols: all}, data_tests: [{not_null: {column_name: id}}]}
                  - {name: two, relation: ref('people'), config: {strategy: check, unique_key: id, check_cols: all}}
                """
            )
        );
        await WrittenArtifacts.OfAsync(project);
        Assert.Equal(
            ["not_null_one_id.sql", "one.sql", "two.sql"],
            Directory
                .EnumerateFiles(Path.Combine(project.Root, "target/compiled/shop/snapshots/both.yml"))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Texts_are_written_as_dbt_reads_them()
    {
        await using var project = new TestProject(
            (
                "models/docs.md",
                "{% docs tight -%} A text.\n{%- enddocs %}\n{% docs loose %}\nAnother.\n{% enddocs %}\n"
            ),
            ("macros/m.sql", "select 1\n{%- macro one(a='%}') -%}\n1\n{%- endmacro -%}\n"),
            ("models/a.sql", "select {{ one() }} as n, 2 as twice"),
            (
                "models/a.yml",
                """
                models:
                  - name: a
                    description: |
                      One line.
                    columns:
                      - {name: n, description: "{{ doc('tight') }}"}
                      - {name: twice, description: first}
                      - {name: twice, description: "{{ doc('loose') }}"}
                """
            )
        );
        var manifest = (await WrittenArtifacts.OfAsync(project)).Manifest;
        var model = manifest.GetProperty("nodes").GetProperty("model.shop.a");
        Assert.Equal("One line.\n", model.GetProperty("description").GetString());
        Assert.Equal("A text.", model.GetProperty("columns").GetProperty("n").GetProperty("description").GetString());
        Assert.Equal(
            "Another.",
            model.GetProperty("columns").GetProperty("twice").GetProperty("description").GetString()
        );
        Assert.Equal(
            "{%- macro one(a='%}') -%}\n1\n{%- endmacro -%}",
            manifest.GetProperty("macros").GetProperty("macro.shop.one").GetProperty("macro_sql").GetString()
        );
    }

    // The id of a generic test ends with a digest.
    private static JsonElement? Find(JsonElement section, string id) =>
        section
            .EnumerateObject()
            .Where(node => node.Name == id || (id.EndsWith('.') && node.Name.StartsWith(id, StringComparison.Ordinal)))
            .Select(node => (JsonElement?)node.Value)
            .FirstOrDefault();

    private static string Ids(JsonElement map, string id) =>
        string.Join(' ', map.GetProperty(id).EnumerateArray().Select(item => item.GetString()));

    private static string Macros(JsonElement node) => Ids(node.GetProperty("depends_on"), "macros");

    private static IEnumerable<string> Names(JsonElement section) =>
        section.EnumerateObject().Select(item => item.Name);

    private static string Compact(JsonElement value) => JsonSerializer.Serialize(value);
}
