using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Postgres;
using Headwater.Warehouse.Publication;

namespace Headwater.Warehouse.Tests.Postgres;

public sealed class PostgresOpeningTests(PostgresWarehouseFixture warehouse) : IClassFixture<PostgresWarehouseFixture>
{
    private PostgresWarehouseOptions Good => warehouse.Database.Options(warehouse.Home);

    [Fact]
    public async Task A_server_that_is_not_there_is_said_to_be_unreachable()
    {
        // Nothing listens on the discard port.
        var diagnostic = await RefusedAsync(Good with { Port = 9 });
        Assert.Equal("HW6005", diagnostic.Code);
        Assert.Contains("127.0.0.1:9", diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not the password")]
    [InlineData(null)]
    public async Task A_wrong_or_missing_password_is_named_and_not_shown(string? password)
    {
        var diagnostic = await RefusedAsync(Good with { Password = password });
        Assert.Equal("HW6006", diagnostic.Code);
        Assert.DoesNotContain("not the password", diagnostic.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "not the password",
            (Good with { Password = password }).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_missing_database_is_named()
    {
        var diagnostic = await RefusedAsync(Good with { Database = "nowhere" });
        Assert.Equal("HW6007", diagnostic.Code);
        Assert.Contains("nowhere", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_not_there_is_refused_in_the_servers_words()
    {
        var diagnostic = await RefusedAsync(Good with { Role = "nobody at all" });
        Assert.Equal("HW6008", diagnostic.Code);
        Assert.Contains("nobody at all", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_bad_setting_is_named()
    {
        var error = await Assert.ThrowsAsync<DiagnosticException>(async () =>
            await WarehouseHost.OpenPostgresAsync(
                Good with
                {
                    Port = 0,
                    Host = " ",
                    SslMode = "perhaps",
                    SslRootCertificate = "/nowhere/ca.pem",
                },
                CancellationToken.None
            )
        );
        Assert.Equal(["HW6001", "HW6001", "HW6001", "HW6001"], error.Diagnostics.Select(problem => problem.Code));
    }

    [Fact]
    public async Task Sessions_start_with_the_search_path_and_in_UTC()
    {
        await using var host = await WarehouseHost.OpenPostgresAsync(
            Good with
            {
                SearchPath = "\"My Schema\", main",
            },
            CancellationToken.None
        );
        await using var connection = await host.Warehouse.ConnectAsync(CancellationToken.None);
        var table = await connection.QueryAsync(
            "select current_setting('search_path'), current_setting('timezone')",
            CancellationToken.None
        );
        Assert.Equal("\"My Schema\", main", table.Value(0, 0));
        Assert.Equal("UTC", table.Value(0, 1));
    }

    [Fact]
    public async Task What_one_session_sets_is_gone_for_the_next()
    {
        await using var host = await WarehouseHost.OpenPostgresAsync(
            Good with
            {
                VersionInterval = TimeSpan.FromHours(1),
            },
            CancellationToken.None
        );
        await using (var first = await host.Warehouse.ConnectAsync(CancellationToken.None))
        {
            await first.ExecuteAsync(
                "set timezone = 'Asia/Tokyo'; create temp table mine(i int); begin; create table left_open(i int)",
                CancellationToken.None
            );
        }

        await using var second = await host.Warehouse.ConnectAsync(CancellationToken.None);
        var table = await second.QueryAsync(
            "select current_setting('timezone'), to_regclass('mine')::text, to_regclass('left_open')::text",
            CancellationToken.None
        );
        Assert.Equal(["UTC", null, null], Enumerable.Range(0, 3).Select(column => table.Value(0, column)));
    }

    [Fact]
    public async Task Every_session_takes_the_role_on_also_after_others()
    {
        await using (var owner = await warehouse.Warehouse.ConnectAsync(CancellationToken.None))
        {
            await owner.ExecuteAsync("create role \"Builder of things\"", CancellationToken.None);
        }

        await using var host = await WarehouseHost.OpenPostgresAsync(
            Good with
            {
                Role = "Builder of things",
                VersionInterval = TimeSpan.FromHours(1),
            },
            CancellationToken.None
        );
        for (var round = 0; round < 3; round++)
        {
            await using var connection = await host.Warehouse.ConnectAsync(CancellationToken.None);
            var table = await connection.QueryAsync("select current_user", CancellationToken.None);
            Assert.Equal("Builder of things", table.Value(0, 0));
            await connection.ExecuteAsync("create temp table mine(i int); reset role", CancellationToken.None);
        }
    }

    [Fact]
    public async Task What_another_process_publishes_is_seen()
    {
        var options = Good with { VersionInterval = TimeSpan.FromMilliseconds(20) };
        await using var here = await WarehouseHost.OpenPostgresAsync(options, CancellationToken.None);
        await using var there = await WarehouseHost.OpenPostgresAsync(Good, CancellationToken.None);
        var relation = new RelationName("marts", "orders");
        await using (var connection = await there.Warehouse.ConnectAsync(CancellationToken.None))
        {
            await PublishedVersions.EnsureAsync(connection, CancellationToken.None);
            await PublishedVersions.RaiseAsync(
                connection,
                [relation],
                DateTimeOffset.UnixEpoch,
                CancellationToken.None
            );
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (here.Warehouse.Versions[relation] == 0)
        {
            await Task.Delay(10, patience.Token);
        }

        Assert.Equal(1, here.Warehouse.Versions[relation]);
    }

    private static async Task<Diagnostic> RefusedAsync(PostgresWarehouseOptions options)
    {
        var error = await Assert.ThrowsAsync<DiagnosticException>(async () =>
            await WarehouseHost.OpenPostgresAsync(options, CancellationToken.None)
        );
        return Assert.Single(error.Diagnostics);
    }
}
