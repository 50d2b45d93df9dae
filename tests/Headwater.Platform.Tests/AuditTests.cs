using Headwater.Kernel.Diagnostics;
using Headwater.Platform.Catalog;
using Headwater.Query;
using Headwater.Query.Audit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headwater.Platform.Tests;

public sealed class AuditTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static AuditRecord Record(int number) =>
        new(
            new DateTimeOffset(2017, 3, 14, 9, 0, 0, TimeSpan.Zero).AddSeconds(number),
            "ann",
            QuestionPath.Export,
            number % 2 == 0 ? null : "10.0.0.1",
            $"won_revenue by \"office\"\n -- ü {number}",
            "none",
            number,
            TimeSpan.FromMicroseconds(number),
            number % 3 == 0,
            "ok"
        );

    [Fact]
    public async Task Every_record_is_imported_exactly_once()
    {
        await using var open = await OpenPlatform.StartAsync();
        foreach (var number in Enumerable.Range(0, 5_000))
        {
            open.Host.Audit.Record(Record(number));
        }

        Assert.Equal(5_000, await open.Host.Audit.ImportAsync(quietly: false, None));
        Assert.Equal(0, await open.Host.Audit.ImportAsync(quietly: false, None));
        open.Host.Audit.Record(Record(5_000));
        Assert.Equal(1, await open.Host.Audit.ImportAsync(quietly: false, None));

        await open.ReopenAsync();
        Assert.Equal(0, await open.Host.Audit.ImportAsync(quietly: false, None));
        Assert.Equal((5_001L, 12_502_500L), await CountAsync(open));
    }

    [Fact]
    public async Task Records_are_imported_while_the_platform_is_open()
    {
        const int records = 5_000;
        var home = Directory.CreateTempSubdirectory("headwater-platform-").FullName;
        await using (
            var host = await PlatformHost.OpenAsync(
                new PlatformOptions(home),
                TimeProvider.System,
                NullLogger.Instance,
                None
            )
        )
        {
            foreach (var number in Enumerable.Range(0, records))
            {
                host.Audit.Record(Record(number) with { What = "metrics won_revenue", FromCache = false });
            }

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (await host.Audit.QuestionsAsync(1, limit.Token) is not [{ Times: records }])
            {
                await Task.Delay(50, limit.Token);
            }
        }

        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task Records_that_a_killed_process_left_are_imported_by_the_next_and_a_cut_line_is_left_out()
    {
        await using var open = await OpenPlatform.StartAsync();
        open.Host.Audit.Record(Record(1));
        open.Host.Audit.Record(Record(2));
        var segment = Directory.GetFiles(Path.Combine(open.Home, "audit"))[0];
        var left = Path.Combine(open.Home, "audit", "20170101T000000000Z.ndjson");
        var text = await ReadSharedAsync(segment);
        var end = text.AsSpan().LastIndexOf((byte)'\n') + 1;
        await File.WriteAllBytesAsync(left, [.. text[..(end - 20)], .. new byte[1_000]], None);

        await open.ReopenAsync();
        await open.Host.Audit.ImportAsync(quietly: false, None);
        Assert.Equal((3L, 4L), await CountAsync(open));
    }

    [Fact]
    public async Task A_full_segment_is_followed_by_another_and_nothing_is_lost()
    {
        await using var open = await OpenPlatform.StartAsync();
        var longest = Record(1) with { What = new string('x', 200_000) };
        for (var number = 0; number < 600; number++)
        {
            open.Host.Audit.Record(longest);
        }

        open.Host.Audit.Flush();
        Assert.True(Directory.GetFiles(Path.Combine(open.Home, "audit")).Length >= 2);
        Assert.Equal(600, await open.Host.Audit.ImportAsync(quietly: false, None));
        await open.ReopenAsync();
        Assert.Equal(0, await open.Host.Audit.ImportAsync(quietly: false, None));
        Assert.Equal((600L, 600L), await CountAsync(open));
    }

    [Fact]
    public async Task A_segment_without_a_record_leaves_no_file()
    {
        await using var open = await OpenPlatform.StartAsync();
        await open.ReopenAsync();
        Assert.Single(Directory.GetFiles(Path.Combine(open.Home, "audit")));
    }

    [Fact]
    public async Task Records_from_many_threads_are_whole_lines()
    {
        await using var open = await OpenPlatform.StartAsync();
        Parallel.For(0, 2_000, number => open.Host.Audit.Record(Record(number)));
        Assert.Equal(2_000, await open.Host.Audit.ImportAsync(quietly: false, None));
        Assert.Equal((2_000L, 1_999_000L), await CountAsync(open));
    }

    [Fact]
    public async Task A_catalog_from_a_newer_version_is_refused()
    {
        await using var open = await OpenPlatform.StartAsync();
        await open.Host.DisposeAsync();
        var path = Path.Combine(open.Home, "catalog.duckdb");
        await using (var store = await CatalogStore.OpenAsync(path, open.Time, None))
        {
            await store.WriteAsync(
                session =>
                    session.Execute(
                        "insert into migrations values ($1, $2, $3)",
                        9_999,
                        "future",
                        open.Time.GetUtcNow()
                    ),
                None
            );
        }

        var refused = await Assert.ThrowsAsync<DiagnosticException>(() =>
            PlatformHost.OpenAsync(open.Options, open.Time, NullLogger.Instance, None)
        );
        Assert.Equal("HW7002", refused.Diagnostic.Code);
        File.Delete(path);
        await open.ReopenAsync();
    }

    [Fact]
    public async Task A_catalog_that_is_no_database_is_one_clear_diagnostic()
    {
        var home = Directory.CreateTempSubdirectory("headwater-platform-").FullName;
        await File.WriteAllTextAsync(Path.Combine(home, "catalog.duckdb"), new string('x', 20_000), None);
        var refused = await Assert.ThrowsAsync<DiagnosticException>(() =>
            PlatformHost.OpenAsync(new PlatformOptions(home), TimeProvider.System, NullLogger.Instance, None)
        );
        Assert.Equal("HW7001", refused.Diagnostic.Code);
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task A_second_platform_on_the_same_home_is_refused()
    {
        await using var open = await OpenPlatform.StartAsync();
        var refused = await Assert.ThrowsAsync<DiagnosticException>(() =>
            PlatformHost.OpenAsync(open.Options, open.Time, NullLogger.Instance, None)
        );
        Assert.Equal("HW7003", refused.Diagnostic.Code);
    }

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, None);
        return bytes;
    }

    private static async Task<(long Records, long Rows)> CountAsync(OpenPlatform open)
    {
        await open.Host.DisposeAsync();
        (long, long) count;
        await using (
            var store = await CatalogStore.OpenAsync(Path.Combine(open.Home, "catalog.duckdb"), open.Time, None)
        )
        {
            count = await store.ReadAsync(
                session =>
                    session.Read(
                        "select count(*), cast(sum(row_count) as bigint) from audit",
                        row => (row.Number(0), row.Number(1))
                    )[0],
                None
            );
        }

        await open.ReopenAsync();
        return count;
    }
}
