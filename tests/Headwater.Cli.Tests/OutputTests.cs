using System.Text.Json;

namespace Headwater.Cli.Tests;

/// <summary><c>--output json</c> and <c>csv</c>: one document on stdout, whatever comes of the command.</summary>
public sealed class OutputTests : IAsyncLifetime
{
    private readonly CommandLineSession _session = new();

    public async ValueTask InitializeAsync() => await _session.RunAsync("init", "shop");

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_build_is_one_document_with_its_nodes_relations_and_counts()
    {
        var build = await JsonAsync(0, "build");

        Assert.True(build.GetProperty("succeeded").GetBoolean());
        Assert.NotEmpty(build.GetProperty("run_id").GetString()!);
        var stream = Assert.Single(build.GetProperty("streams").EnumerateArray());
        Assert.Equal(
            ("orders", "landed", 6),
            (Text(stream, "stream"), Text(stream, "status"), stream.GetProperty("rows_landed").GetInt64())
        );
        var orders = Node(build, "model.shop.orders");
        Assert.Equal(
            ("orders", "model", "success", 6),
            (Text(orders, "name"), Text(orders, "kind"), Text(orders, "status"), orders.GetProperty("rows").GetInt64())
        );
        Assert.True(orders.GetProperty("seconds").GetDouble() >= 0);
        Assert.Equal(JsonValueKind.Null, orders.GetProperty("diagnostic").ValueKind);
        Assert.Contains(
            build.GetProperty("published").EnumerateArray(),
            relation => relation.GetString()!.EndsWith(".orders", StringComparison.Ordinal)
        );
        Assert.Equal(
            build.GetProperty("nodes").GetArrayLength(),
            build.GetProperty("counts").GetProperty("success").GetInt32()
        );
        Assert.Empty(build.GetProperty("diagnostics").EnumerateArray());
    }

    [Fact]
    public async Task A_node_in_error_has_its_diagnostic_with_its_place()
    {
        _session.Write("shop/models/wrong.sql", "select no_such_column\nfrom {{ ref('orders') }}\n");
        var build = await JsonAsync(1, "build");

        Assert.False(build.GetProperty("succeeded").GetBoolean());
        Assert.Equal(1, build.GetProperty("counts").GetProperty("error").GetInt32());
        var wrong = Node(build, "model.shop.wrong");
        Assert.Equal("error", Text(wrong, "status"));
        var diagnostic = wrong.GetProperty("diagnostic");
        Assert.StartsWith("HW2", Text(diagnostic, "code"), StringComparison.Ordinal);
        Assert.Equal("error", Text(diagnostic, "severity"));
        Assert.Equal("models/wrong.sql", Text(diagnostic, "file"));
        Assert.Contains("no_such_column", Text(diagnostic, "message"), StringComparison.Ordinal);
        Assert.Contains(
            build.GetProperty("diagnostics").EnumerateArray(),
            problem => Text(problem, "code") == Text(diagnostic, "code")
        );
    }

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData("seed")]
    [InlineData("snapshot")]
    [InlineData("retry")]
    public async Task Every_building_command_is_one_document_too(string command)
    {
        await _session.RunAsync("build", "--project", "shop");
        var document = await JsonAsync(0, command);
        Assert.True(document.GetProperty("succeeded").GetBoolean());
        Assert.Equal(
            command is "run" or "test",
            document.GetProperty("nodes").EnumerateArray().Any(node => Text(node, "status") == "success")
        );
    }

    [Fact]
    public async Task A_sync_is_the_report_of_each_stream()
    {
        _session.Write("shop/data/orders_2.csv", "order_id,ordered_on,customer,region,amount\n7,2026-04-01,F,North\n");
        var sync = await JsonAsync(0, "sync");

        var stream = Assert.Single(sync.GetProperty("streams").EnumerateArray());
        Assert.Equal(("shop", "orders"), (Text(stream, "source"), Text(stream, "stream")));
        Assert.Equal(
            (7, 6, 1),
            (
                stream.GetProperty("rows_read").GetInt64(),
                stream.GetProperty("rows_landed").GetInt64(),
                stream.GetProperty("rows_quarantined").GetInt64()
            )
        );
        Assert.True(stream.GetProperty("seconds").GetDouble() >= 0);
        Assert.Equal(JsonValueKind.Array, stream.GetProperty("diagnostics").ValueKind);
    }

    [Fact]
    public async Task A_file_that_cannot_be_landed_is_a_diagnostic_of_its_stream()
    {
        _session.Write("shop/data/orders_2.csv", "");
        var sync = await JsonAsync(1, "sync");

        Assert.False(sync.GetProperty("succeeded").GetBoolean());
        var stream = Assert.Single(sync.GetProperty("streams").EnumerateArray());
        Assert.Equal("failed", Text(stream, "status"));
        var problem = Assert.Single(stream.GetProperty("diagnostics").EnumerateArray());
        Assert.Equal("HW3004", Text(problem, "code"));
    }

    [Fact]
    public async Task Users_are_a_list()
    {
        var added = await JsonAsync(0, "user", "add", "rita", "--role", "viewer", "--attribute", "region=North");
        Assert.Contains("/welcome/", Text(added, "link"), StringComparison.Ordinal);
        var ended = await JsonAsync(0, "user", "disable", "rita");
        Assert.True(ended.GetProperty("user").GetProperty("disabled").GetBoolean());

        var list = await JsonAsync(0, "user", "list");
        var rita = list.GetProperty("users").EnumerateArray().Single(user => Text(user, "name") == "rita");
        Assert.Equal(["viewer"], rita.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal("North", rita.GetProperty("attributes").GetProperty("region")[0].GetString());
        Assert.Equal(JsonValueKind.Null, rita.GetProperty("last_sign_in_at").ValueKind);
        Assert.True(rita.GetProperty("disabled").GetBoolean());
    }

    [Fact]
    public async Task Freshness_and_a_rollback_are_documents()
    {
        await _session.RunAsync("build", "--project", "shop");
        await _session.RunAsync("build", "--project", "shop");
        var freshness = await JsonAsync(0, "source", "freshness");
        Assert.Equal(JsonValueKind.Array, freshness.GetProperty("sources").ValueKind);

        var rollback = await JsonAsync(0, "rollback");
        Assert.Contains(
            rollback.GetProperty("restored").EnumerateArray(),
            relation => relation.GetString()!.EndsWith(".orders", StringComparison.Ordinal)
        );
        Assert.Equal(JsonValueKind.Array, rollback.GetProperty("removed").ValueKind);
        Assert.Equal(JsonValueKind.Array, rollback.GetProperty("left").ValueKind);
    }

    [Fact]
    public async Task Mistakes_of_a_project_are_diagnostics_with_file_line_column_and_hint()
    {
        _session.Write("shop/models/unknown_ref.sql", "select 1 as a\nfrom {{ ref('ordres') }}\n");
        foreach (var command in (string[])["build", "sync", "parse"])
        {
            var document = await JsonAsync(1, command);
            Assert.False(document.GetProperty("succeeded").GetBoolean());
            var problem = Assert.Single(document.GetProperty("diagnostics").EnumerateArray());
            Assert.Equal("models/unknown_ref.sql", Text(problem, "file"));
            Assert.Equal(2, problem.GetProperty("line").GetInt32());
            Assert.True(problem.GetProperty("column").GetInt32() > 0);
            Assert.Contains("did you mean 'orders'", Text(problem, "hint"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_wrong_question_and_a_wrong_command_line_are_diagnostics()
    {
        await _session.RunAsync("build", "--project", "shop");
        var question = await JsonAsync(1, "query", "--metrics", "revenu");
        Assert.Contains(
            "did you mean 'revenue'?",
            Text(question.GetProperty("diagnostics")[0], "hint"),
            StringComparison.Ordinal
        );
        var misuse = await JsonAsync(2, "build", "--no-such-option");
        Assert.Equal("HW9013", Text(misuse.GetProperty("diagnostics")[0], "code"));
    }

    [Fact]
    public async Task Commands_that_read_a_project_are_documents()
    {
        await _session.RunAsync("build", "--project", "shop");
        Assert.True((await JsonAsync(0, "parse")).GetProperty("nodes").GetInt32() > 0);
        Assert.Equal("shop", Text(await JsonAsync(0, "debug"), "profile"));
        Assert.True((await JsonAsync(0, "docs", "generate")).GetProperty("relations").GetInt32() > 0);
        var compiled = Node(await JsonAsync(0, "compile", "--select", "orders"), "model.shop.orders");
        Assert.Contains("select", Text(compiled, "compiled_sql"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Csv_is_a_heading_and_a_line_each()
    {
        var sync = await LinesAsync("sync");
        Assert.Equal("source,stream,status,files,rows_read,rows_landed,rows_quarantined,seconds,message", sync[0]);
        Assert.StartsWith("shop,orders,landed,1,6,6,0,", Assert.Single(sync[1..]), StringComparison.Ordinal);
        var build = await LinesAsync("build");
        Assert.Equal("unique_id,name,kind,status,rows,seconds,published,code,message", build[0]);
        Assert.Contains(
            build,
            line => line.StartsWith("model.shop.orders,orders,model,success,6,", StringComparison.Ordinal)
        );
        await _session.RunAsync("user", "add", "rita", "--project", "shop", "--display-name", "Rita \"R\", once");
        Assert.Contains(
            await LinesAsync("user", "list"),
            line => line.StartsWith("rita,\"Rita \"\"R\"\", once\",", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Through_a_server_the_documents_are_the_same()
    {
        using var server = HeadwaterProcess.Start(_session.Folder, "serve", "--project", "shop", "--port", "0");
        await server.UntilAsync("Headwater serves");

        var build = await JsonAsync(0, "build");
        Assert.Equal("success", Text(Node(build, "model.shop.orders"), "status"));
        var sync = await JsonAsync(0, "sync");
        Assert.Equal("unchanged", Text(sync.GetProperty("streams")[0], "status"));
        Assert.Equal(JsonValueKind.Array, (await JsonAsync(0, "user", "list")).GetProperty("users").ValueKind);
        _session.Write("shop/models/unknown_ref.sql", "select 1 as a\nfrom {{ ref('ordres') }}\n");
        var wrong = await JsonAsync(1, "build");
        Assert.Equal("models/unknown_ref.sql", Text(wrong.GetProperty("diagnostics")[0], "file"));
    }

    private async Task<JsonElement> JsonAsync(int exit, params string[] arguments)
    {
        var result = await _session.RunAsync([.. arguments, "--project", "shop", "--output", "json"]);
        Assert.True(result.Exit == exit, $"{result.Exit}: {result.Error}{result.Out}");
        // Anything beside the one document would not parse.
        using var document = JsonDocument.Parse(result.Out);
        return document.RootElement.Clone();
    }

    private async Task<string[]> LinesAsync(params string[] arguments)
    {
        var result = await _session.RunAsync([.. arguments, "--project", "shop", "--output", "csv"]);
        Assert.True(result.Exit == 0, result.Error);
        return result.Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    private static JsonElement Node(JsonElement build, string id) =>
        build.GetProperty("nodes").EnumerateArray().Single(node => Text(node, "unique_id") == id);

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
