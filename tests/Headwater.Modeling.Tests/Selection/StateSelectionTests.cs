using System.Security.Cryptography;
using System.Text;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Selection;

namespace Headwater.Modeling.Tests.Selection;

public sealed class StateSelectionTests
{
    private const string Manifest = """
        {
          "nodes": {
            "model.shop.same": {"raw_code": "select 1 as x", "config": {"materialized": "view", "tags": [], "enabled": true}, "schema": "analytics", "alias": "same"},
            "model.shop.body": {"raw_code": "select 1 as x", "config": {"materialized": "view"}, "schema": "analytics", "alias": "body"},
            "model.shop.config": {"raw_code": "{{ config(materialized='table') }}select 1 as x", "config": {"materialized": "view"}, "schema": "analytics", "alias": "config"},
            "model.shop.place": {"raw_code": "select 1 as x", "config": {"materialized": "view"}, "schema": "old", "alias": "place"},
            "model.shop.caller": {"raw_code": "select {{ outer_one() }} as x", "config": {"materialized": "view"}, "schema": "analytics", "alias": "caller"},
            "model.shop.gone": {"raw_code": "select 1", "config": {}, "schema": "analytics", "alias": "gone"}
          },
          "macros": {
            "macro.shop.outer_one": {"macro_sql": "{% macro outer_one() %}{{ inner_one() }}{% endmacro %}"},
            "macro.shop.inner_one": {"macro_sql": "{% macro inner_one() %}1{% endmacro %}"}
          }
        }
        """;

    private static TestProject Project() =>
        new(
            ("models/same.sql", "select 1 as x\n"),
            ("models/body.sql", "select 2 as x"),
            ("models/config.sql", "{{ config(materialized='table') }}select 1 as x"),
            ("models/place.sql", "select 1 as x"),
            ("models/caller.sql", "select {{ outer_one() }} as x"),
            ("models/fresh.sql", "select * from {{ ref('body') }}"),
            ("models/s.yml", "sources: [{name: crm, tables: [{name: people}, {name: deals}]}]"),
            (
                "macros/m.sql",
                "{% macro outer_one() %}{{ inner_one() }}{% endmacro %}\n{% macro inner_one() %}2{% endmacro %}"
            )
        );

    private static SelectionState State(TestProject project, string? results = null, string? sources = null)
    {
        project.Write("state/manifest.json", Manifest);
        if (results is not null)
        {
            project.Write("state/run_results.json", results);
        }

        if (sources is not null)
        {
            project.Write("state/sources.json", sources);
        }

        return SelectionState.Read(Path.Combine(project.Root, "state"));
    }

    [Theory]
    [InlineData("state:new,resource_type:model", "fresh")]
    [InlineData("state:old", "body caller config place same")]
    [InlineData("state:modified,resource_type:model", "body caller config fresh place")]
    [InlineData("state:unmodified", "same")]
    [InlineData("state:modified.body", "body")]
    [InlineData("state:modified.body+", "body fresh")]
    [InlineData("state:modified.configs", "config")]
    [InlineData("state:modified.relation", "place")]
    [InlineData("state:modified.macros", "caller")]
    public async Task Nodes_are_compared_with_an_earlier_manifest(string selection, string expected)
    {
        await using var project = Project();
        Assert.Equal(expected, NamedSelectionTests.Select(project, [selection], state: State(project)));
    }

    [Fact]
    public async Task Results_of_an_earlier_run_select()
    {
        await using var project = Project();
        var state = State(
            project,
            """{"results": [{"unique_id": "model.shop.body", "status": "error"}, {"unique_id": "model.shop.same", "status": "success"}]}"""
        );
        Assert.Equal("body fresh", NamedSelectionTests.Select(project, ["result:error+"], state: state));
    }

    [Fact]
    public async Task Sources_that_were_loaded_since_select()
    {
        await using var project = Project();
        var state = State(
            project,
            sources: """{"results": [{"unique_id": "source.shop.crm.people", "max_loaded_at": "2024-01-01T00:00:00Z"}, {"unique_id": "source.shop.crm.deals", "max_loaded_at": "2024-01-01T00:00:00Z"}]}"""
        );
        var now = new SelectionState(state)
        {
            LoadedNow = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["source.shop.crm.people"] = "2024-01-02T00:00:00Z",
                ["source.shop.crm.deals"] = "2024-01-01T00:00:00Z",
            },
        };
        Assert.Equal("people", NamedSelectionTests.Select(project, ["source_status:fresher"], state: now));
    }

    [Fact]
    public async Task Without_an_earlier_run_there_is_nothing_to_compare_with()
    {
        await using var project = Project();
        var failure = Assert.Throws<DiagnosticException>(() => NamedSelectionTests.Select(project, ["state:modified"]));
        Assert.Contains("--state", failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_artifacts_is_said()
    {
        await using var project = Project();
        var failure = Assert.Throws<DiagnosticException>(() => SelectionState.Read(project.Root));
        Assert.Equal("HW2124", failure.Diagnostic.Code);
    }

    private static readonly (string Path, string Text)[] Described =
    [
        (
            "dbt_project.yml",
            "name: shop\nprofile: shop\nmodels: {shop: {said: {+persist_docs: {relation: true, columns: true}}}}\n"
        ),
        ("models/said/said.sql", "select 1 as n"),
        ("models/said/columns.sql", "select 1 as n"),
        ("models/unsaid.sql", "select 1 as n"),
        ("models/promised.sql", "{{ config(contract={'enforced': true}) }}select 1 as n"),
        ("models/unpromised.sql", "select 1 as n"),
        ("models/hooked.sql", "{{ config(post_hook=['select 1'], tags='x', meta={'a': 1, 'b': 2}) }}select 1 as n"),
        ("models/m.yml", Properties("one", "text", "integer")),
    ];

    private static string Properties(string description, string column, string type) =>
        $$"""
            models:
              - {name: said, description: {{description}}}
              - {name: columns, columns: [{name: n, description: {{column}}}]}
              - {name: unsaid, description: {{description}}, columns: [{name: n, description: {{column}}}]}
              - {name: promised, columns: [{name: n, data_type: {{type}}}]}
              - {name: unpromised, columns: [{name: n, data_type: {{type}}}]}
            """;

    [Theory]
    [InlineData("one", "text", "integer", "modified", "")]
    [InlineData("other", "text", "integer", "modified", "said")]
    [InlineData("other", "text", "integer", "modified.persisted_descriptions", "said")]
    [InlineData("one", "other", "integer", "modified.persisted_descriptions", "columns")]
    [InlineData("one", "text", "bigint", "modified", "promised")]
    [InlineData("one", "text", "bigint", "modified.contract", "promised")]
    [InlineData("one", "text", "bigint", "modified.body", "")]
    [InlineData("one", "text", "bigint", "modified.configs", "")]
    public async Task Contracts_and_what_the_database_says_are_compared_with_our_own_manifest(
        string description,
        string column,
        string type,
        string state,
        string expected
    )
    {
        await using var project = new TestProject(Described);
        await WriteStateAsync(project);
        project.Write("models/m.yml", Properties(description, column, type));
        Assert.Equal(expected, Selected(project, $"state:{state}"));
    }

    [Theory]
    [InlineData("{{ config(post_hook=['select 1'], tags='x', meta={'a': 1, 'b': 2}) }}", "")]
    [InlineData("{{ config(post_hook=['select 2'], tags='x', meta={'a': 1, 'b': 2}) }}", "hooked")]
    [InlineData("{{ config(post_hook=['select 1'], meta={'a': 1, 'b': 2}) }}", "hooked")]
    [InlineData("{{ config(post_hook=['select 1'], tags='x', meta={'a': 1}) }}", "hooked")]
    public async Task A_setting_that_is_gone_counts_as_one_that_changed(string config, string expected)
    {
        await using var project = new TestProject(Described);
        await WriteStateAsync(project);
        project.Write("models/hooked.sql", config + "select 1 as n");
        Assert.Equal(expected, Selected(project, "state:modified.configs"));
    }

    // dbt up to 1.11 hashes a file with the ends of its lines as they are, dbt 1.12 with line feeds alone.
    [Theory]
    [InlineData("f4e48b6ee1ee6f1a0fd7b4ba2bd7e9ea1b1b5bd0f0a1aa0ad0d6b2d6a8a70000", "people")]
    [InlineData(null, "")]
    [InlineData("", "")]
    public async Task A_seed_is_told_by_its_text_whatever_its_lines_end_with(string? digest, string expected)
    {
        const string Text = "id,name\r\n1,Ann\r\n";
        await using var project = new TestProject(("seeds/people.csv", Text));
        var hashed = digest?.Length == 0 ? Text.Replace("\r\n", "\n", StringComparison.Ordinal) : Text;
        var checksum = digest is { Length: > 0 }
            ? digest
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashed.Trim())));
        project.Write(
            "state/manifest.json",
            "{\"nodes\": {\"seed.shop.people\": {\"checksum\": {\"checksum\": \"" + checksum + "\"}}}}"
        );
        Assert.Equal(expected, Selected(project, "state:modified"));
    }

    [Fact]
    public async Task A_macro_is_the_same_whatever_its_lines_end_with()
    {
        await using var project = new TestProject(
            ("macros/m.sql", "{% macro one() %}\n1\n{% endmacro %}"),
            ("models/a.sql", "select {{ one() }} as n")
        );
        await WriteStateAsync(project);
        project.Write("macros/m.sql", "{% macro one() %}\r\n1\r\n{% endmacro %}");
        Assert.Equal("", Selected(project, "state:modified"));
        project.Write("macros/m.sql", "{% macro one() %}\n2\n{% endmacro %}");
        Assert.Equal("a", Selected(project, "state:modified"));
    }

    private static async Task WriteStateAsync(TestProject project)
    {
        var (manifest, _) = project.Load();
        await new Headwater.Modeling.Artifacts.ArtifactFolder(
            Path.Combine(project.Root, "state"),
            manifest,
            TimeProvider.System
        ).WriteManifestAsync(new Dictionary<string, string>(StringComparer.Ordinal), CancellationToken.None);
    }

    private static string Selected(TestProject project, string selection) =>
        NamedSelectionTests.Select(
            project,
            [selection],
            state: SelectionState.Read(Path.Combine(project.Root, "state"))
        );
}
