using System.Text;
using Headwater.Platform.Audit.Chain;
using Headwater.Platform.Catalog;
using Headwater.Query;
using Headwater.Query.Audit;

namespace Headwater.Platform.Tests;

/// <summary>Whoever changes, removes or moves an audit record is found out.</summary>
public sealed class AuditChainTests
{
    private const int Records = 30;
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task An_untouched_log_is_whole_over_several_lives_of_the_process()
    {
        await using var open = await OpenPlatform.StartAsync();
        Fill(open);
        await open.ReopenAsync();
        Fill(open);
        // A clock that was set back must not put the new segment before the old ones.
        open.Time.Move(TimeSpan.FromDays(-3));
        await open.ReopenAsync();
        Fill(open);

        var report = await open.Host.Audit.VerifyAsync(null, None);

        Assert.Empty(report.Flaws);
        Assert.Equal((3L * Records, 3L * Records), (report.Records, report.Head.Sequence));
    }

    [Fact]
    public async Task A_log_that_is_written_meanwhile_is_whole()
    {
        await using var open = await OpenPlatform.StartAsync();
        using var stopping = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!stopping.IsCancellationRequested)
            {
                Fill(open);
                await Task.Delay(1, None);
            }
        });
        for (var time = 0; time < 5; time++)
        {
            Assert.Empty((await open.Host.Audit.VerifyAsync(null, None)).Flaws);
        }

        await stopping.CancelAsync();
        await writing;
    }

    [Theory]
    [InlineData("update audit set principal = 'bob' where sequence = 7", "Changed 7-7")]
    [InlineData("update audit set row_count = row_count + 1 where sequence = 30", "Changed 30-30")]
    [InlineData("update audit set asked_at = asked_at + interval 1 microsecond where sequence = 1", "Changed 1-1")]
    [InlineData("update audit set outcome = 'HW5001' where sequence = 9", "Changed 9-9")]
    [InlineData("update audit set digest = repeat('0', 64) where sequence = 12", "Changed 12-12,Changed 13-13")]
    [InlineData("delete from audit where sequence between 3 and 5", "Missing 3-5")]
    [InlineData("delete from audit where sequence = 1", "Missing 1-1")]
    [InlineData("delete from audit where sequence > 27", "Missing 28-30")]
    [InlineData("delete from audit", "Missing 1-30")]
    [InlineData(
        "update audit set sequence = case sequence when 4 then 5 else 4 end where sequence in (4, 5)",
        "Changed 4-4,Changed 5-5,Changed 6-6"
    )]
    public async Task What_is_done_to_the_catalog_is_found(string deed, string expected)
    {
        await using var open = await OpenPlatform.StartAsync();
        Fill(open);
        await CatalogAsync(open, deed);

        var report = await open.Host.Audit.VerifyAsync(null, None);

        Assert.Equal(expected, Text(report));
    }

    [Theory]
    [InlineData("change", "Changed 8-8")]
    [InlineData("remove", "Missing 8-8")]
    [InlineData("swap", "Missing 8-8,Reordered 8-8")]
    [InlineData("repeat", "Reordered 8-8")]
    public async Task What_is_done_to_a_segment_is_found(string deed, string expected)
    {
        await using var open = await OpenPlatform.StartAsync();
        Fill(open);
        await open.ReopenAsync();
        var segment = Directory.GetFiles(Path.Combine(open.Home, "audit"), "*.ndjson").Order().First();
        var lines = (await File.ReadAllLinesAsync(segment, None)).ToList();
        switch (deed)
        {
            case "change":
                lines[7] = lines[7].Replace("ann", "bob", StringComparison.Ordinal);
                break;
            case "remove":
                lines.RemoveAt(7);
                break;
            case "swap":
                (lines[7], lines[8]) = (lines[8], lines[7]);
                break;
            default:
                lines.Insert(8, lines[7]);
                break;
        }

        // As long as before, so that only the chain can tell.
        var text = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        await File.WriteAllBytesAsync(segment, [.. text, .. new byte[1_000]], None);

        var report = await open.Host.Audit.VerifyAsync(null, None);

        Assert.Equal(expected, Text(report));
    }

    [Fact]
    public async Task A_segment_that_is_gone_is_found()
    {
        await using var open = await OpenPlatform.StartAsync();
        Fill(open);
        await open.ReopenAsync();
        File.Delete(Directory.GetFiles(Path.Combine(open.Home, "audit"), "*.ndjson").Order().First());

        var report = await open.Host.Audit.VerifyAsync(null, None);

        Assert.Contains(report.Flaws, flaw => flaw.Kind == ChainFlawKind.Missing);
    }

    [Fact]
    public async Task A_log_that_was_written_anew_does_not_go_through_an_exported_head()
    {
        await using var open = await OpenPlatform.StartAsync();
        Fill(open);
        var head = await open.Host.Audit.SignHeadAsync(None);
        Assert.True(head.IsGenuine());
        Assert.Empty((await open.Host.Audit.VerifyAsync(head, None)).Flaws);
        Assert.False((head with { Sequence = 29 }).IsGenuine());
        Assert.False((head with { Digest = new string('0', 64) }).IsGenuine());
        Assert.False((head with { Key = "AAAA" }).IsGenuine());
        Assert.False((head with { Signature = "no base64" }).IsGenuine());

        // Everything is removed, and other records are chained in its place.
        await open.Host.DisposeAsync();
        Array.ForEach(Directory.GetFiles(Path.Combine(open.Home, "audit"), "*.ndjson"), File.Delete);
        await CatalogAsync(open, "delete from audit", "delete from audit_segments");
        Fill(open, "bob");

        Assert.Empty((await open.Host.Audit.VerifyAsync(null, None)).Flaws);
        Assert.Equal($"Changed 1-{Records}", Text(await open.Host.Audit.VerifyAsync(head, None)));
    }

    [Fact]
    public async Task The_chain_goes_on_behind_a_line_that_a_crash_cut()
    {
        await using var open = await OpenPlatform.StartAsync();
        Fill(open);
        await open.Host.DisposeAsync();
        var segment = Directory.GetFiles(Path.Combine(open.Home, "audit"), "*.ndjson").Single();
        await File.AppendAllTextAsync(segment, "{\"seq\":31,\"at\":\"2017-0", None);
        await open.ReopenAsync();
        Fill(open);

        var report = await open.Host.Audit.VerifyAsync(null, None);

        Assert.Empty(report.Flaws);
        Assert.Equal(2L * Records, report.Records);
    }

    [Fact]
    public async Task Who_comes_in_and_who_is_turned_away_is_recorded()
    {
        await using var open = await OpenPlatform.StartAsync();
        var ann = await open.Host.Users.AddAsync(
            "ann",
            "Ann",
            "correct horse battery staple",
            [],
            new Dictionary<string, IReadOnlyList<string>>(),
            None
        );
        await open.Host.SignIn.ByPasswordAsync("ann", "correct horse battery staple", "10.0.0.9", None);
        foreach (var name in (string[])["ann", "hunter2 typed as a name"])
        {
            await Assert.ThrowsAsync<Kernel.Diagnostics.DiagnosticException>(() =>
                open.Host.SignIn.ByPasswordAsync(name, "wrong", null, None)
            );
        }

        await open.Host.Audit.ImportAsync(quietly: false, None);
        await open.Host.DisposeAsync();
        await using (
            var store = await CatalogStore.OpenAsync(Path.Combine(open.Home, "catalog.duckdb"), open.Time, None)
        )
        {
            var rows = await store.ReadAsync(
                session =>
                    session.Read(
                        "select principal || ' ' || what || ' ' || outcome || ' ' || coalesce(origin, '-') from audit order by sequence",
                        row => row.Text(0)
                    ),
                None
            );
            Assert.Equal(
                [
                    $"{ann.Id} sign-in by password ok 10.0.0.9",
                    $"{ann.Id} sign-in by password HW7020 -",
                    "unknown sign-in by password HW7020 -",
                ],
                rows
            );
        }

        await open.ReopenAsync();
    }

    private static void Fill(OpenPlatform open, string who = "ann")
    {
        for (var number = 0; number < Records; number++)
        {
            open.Host.Audit.Record(
                new AuditRecord(
                    open.Time.GetUtcNow().AddTicks((number * 10_000_000L) + 7),
                    who,
                    QuestionPath.Api,
                    number % 2 == 0 ? null : "10.0.0.1",
                    $"sql \"ü\"\n,\"digest\":\"{number} \ud800",
                    "none",
                    number,
                    TimeSpan.FromTicks(number * 13),
                    number % 3 == 0,
                    number % 5 == 0 ? "HW5107" : "ok"
                )
            );
        }
    }

    private static string Text(ChainReport report) =>
        string.Join(',', report.Flaws.Select(flaw => $"{flaw.Kind} {flaw.From}-{flaw.To}").Distinct());

    private static async Task CatalogAsync(OpenPlatform open, params string[] deeds)
    {
        await open.Host.DisposeAsync();
        await using (
            var store = await CatalogStore.OpenAsync(Path.Combine(open.Home, "catalog.duckdb"), open.Time, None)
        )
        {
            foreach (var deed in deeds)
            {
                await store.WriteAsync(session => session.Execute(deed), None);
            }
        }

        await open.ReopenAsync();
    }
}
