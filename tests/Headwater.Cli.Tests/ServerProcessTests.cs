using System.Net;
using System.Net.Sockets;

namespace Headwater.Cli.Tests;

public sealed class ServerProcessTests
{
    private const string Serves = "Headwater serves";

    [Fact]
    public async Task While_a_server_holds_the_files_commands_act_through_it()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        using var server = HeadwaterProcess.Start(session.Folder, "serve", "--project", "shop", "--port", "0");
        await server.UntilAsync(Serves);

        var asked = await session.RunAsync("query", "--project", "shop", "--metrics", "revenue", "--output", "csv");
        session.Write(
            "shop/data/orders_2.csv",
            "order_id,ordered_on,customer,region,amount\n7,2026-04-01,Fjord Works,North,1000\n"
        );
        var built = await session.RunAsync("build", "--project", "shop");
        var after = await session.RunAsync("query", "--project", "shop", "--metrics", "revenue", "--output", "csv");
        var wrong = await session.RunAsync("query", "--project", "shop", "--metrics", "revenu");
        var linked = await session.RunAsync("user", "add", "rita", "--project", "shop", "--role", "viewer");
        var other = await session.RunAsync("init", "elsewhere");
        var foreign = await session.RunAsync(
            "query",
            "--project",
            "elsewhere",
            "--home",
            "shop/.headwater",
            "--metrics",
            "revenue"
        );

        Assert.Contains("712.50", asked.Out, StringComparison.Ordinal);
        Assert.True(built.Exit == 0, built.Error);
        Assert.Contains("1 rows from 1 file", built.Error, StringComparison.Ordinal);
        Assert.Contains("1712.50", after.Out, StringComparison.Ordinal);
        Assert.Equal(1, wrong.Exit);
        Assert.Contains("did you mean 'revenue'?", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("/welcome/", linked.Out, StringComparison.Ordinal);
        Assert.Equal(0, other.Exit);
        Assert.Contains("HW9002", foreign.Error, StringComparison.Ordinal);

        var ended = await server.TerminateAsync();
        Assert.True(ended == 0, $"it ended with {ended}:\n{server.Said}");
        Assert.False(File.Exists(Path.Combine(session.Folder, "shop/.headwater/server.json")));
        var alone = await session.RunAsync("query", "--project", "shop", "--metrics", "revenue", "--output", "csv");
        Assert.Contains("1712.50", alone.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_are_taken_only_with_the_token_of_the_servers_own_file()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        using var server = HeadwaterProcess.Start(session.Folder, "serve", "--project", "shop", "--port", "0");
        await server.UntilAsync(Serves);
        var file = Path.Combine(session.Folder, "shop/.headwater/server.json");
        var url = System
            .Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(file))
            .RootElement.GetProperty("Url")
            .GetString();

        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", new string('0', 64));
        using var body = new StringContent(
            """{"Arguments":["user","list"],"Folder":"/"}""",
            System.Text.Encoding.UTF8,
            "application/json"
        );
        using var answer = await client.PostAsync(url + "/operator/commands", body);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_taken_port_is_one_clear_sentence()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var server = HeadwaterProcess.Start(session.Folder, "serve", "--project", "shop", "--port", port);

        Assert.Equal(2, await server.ExitAsync());
        Assert.Contains($"Port {port} is in use by another program.", server.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_was_killed_holds_nothing()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        using (var server = HeadwaterProcess.Start(session.Folder, "serve", "--project", "shop", "--port", "0"))
        {
            await server.UntilAsync(Serves);
            await server.KillAsync();
        }

        var asked = await session.RunAsync("query", "--project", "shop", "--metrics", "revenue", "--output", "csv");
        using var again = HeadwaterProcess.Start(session.Folder, "serve", "--project", "shop", "--port", "0");
        await again.UntilAsync(Serves);

        Assert.Contains("712.50", asked.Out, StringComparison.Ordinal);
        Assert.Contains("nothing has changed since the last build", again.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_is_killed_leaves_what_was_published()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        Assert.Equal(0, (await session.RunAsync("build", "--project", "shop")).Exit);
        session.Write(
            "shop/models/orders.sql",
            "select order_id, ordered_on, customer, region, 1.0 as amount from {{ source('shop', 'orders') }}\n"
        );
        session.Write(
            "shop/models/slow.sql",
            "select count(*) as n from {{ ref('orders') }} o, range(100000000) a, range(100000000) b\n"
        );

        using (var build = HeadwaterProcess.Start(session.Folder, "build", "--project", "shop"))
        {
            // The changed table is built, its transaction is open, and the slow model runs.
            await build.UntilAsync("unique_orders_order_id");
            await build.KillAsync();
        }

        var asked = await session.RunAsync("query", "--project", "shop", "--metrics", "revenue", "--output", "csv");
        Assert.Contains("712.50", asked.Out, StringComparison.Ordinal);

        File.Delete(Path.Combine(session.Folder, "shop/models/slow.sql"));
        Assert.Equal(0, (await session.RunAsync("build", "--project", "shop")).Exit);
        var rebuilt = await session.RunAsync("query", "--project", "shop", "--metrics", "revenue", "--output", "csv");
        Assert.Contains("6.0", rebuilt.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_are_landed_on_their_schedules_and_what_depends_on_them_is_built()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        var source = await File.ReadAllTextAsync(Path.Combine(session.Folder, "shop/sources/shop.yml"));
        session.Write("shop/sources/shop.yml", source + "schedule: \"* * * * *\"\n");
        using var server = HeadwaterProcess.Start(session.Folder, "serve", "--project", "shop", "--port", "0");
        await server.UntilAsync(Serves);
        session.Write(
            "shop/data/orders_2.csv",
            "order_id,ordered_on,customer,region,amount\n7,2026-04-01,Fjord Works,North,1000\n"
        );

        // Due within a minute; the query goes through the server.
        var deadline = DateTime.UtcNow.AddSeconds(100);
        string said;
        do
        {
            await Task.Delay(500);
            said = (
                await session.RunAsync("query", "--project", "shop", "--metrics", "revenue", "--output", "csv")
            ).Out;
        } while (!said.Contains("1712.50", StringComparison.Ordinal) && DateTime.UtcNow < deadline);

        Assert.Contains("1712.50", said, StringComparison.Ordinal);
    }
}
