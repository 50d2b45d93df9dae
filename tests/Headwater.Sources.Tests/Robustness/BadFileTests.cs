using System.Diagnostics;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Sources.Tests.Robustness;

/// <summary>Files, folders, disks and processes that fail: one clear diagnostic, and what there was is still there.</summary>
public class BadFileTests : LandingTests
{
    private const string Append = "files: '*.csv', load: append";

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("   ")]
    public async Task An_empty_file_is_one_diagnostic(string text)
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", text).Write("b.csv", "id\n1\n");
        var report = await folder.LandAsync(Append);
        Assert.Equal("HW3004", Assert.Single(report.Diagnostics).Code);
        Assert.Equal(["1"], await folder.LandedAsync());
    }

    [Fact]
    public async Task Files_that_are_no_text_are_found_without_landing_and_odd_text_is_not()
    {
        await using var folder = await NewFolderAsync();
        var noise = new byte[200];
        new Random(3).NextBytes(noise);
        folder
            .Write("noise.csv", noise)
            .Write("zeros.csv", new byte[100])
            .Write("none.csv.gz", "no gzip")
            .Write("wide.csv", System.Text.Encoding.Unicode.GetBytes("id,x\n1,å\n2,b\n3,c\n"))
            .Write("stray.csv", "id,x\n1,a\n2,b\0c\n3,d\n")
            .Write("plain.csv", "id,x\n1,å\n");
        var diagnostics = new DiagnosticBag();
        var source = folder.Define("files: '*.csv*'");
        SourceLander.ValidateFiles(source, diagnostics);
        Assert.All(diagnostics, problem => Assert.Equal("HW3004", problem.Code));
        Assert.All(diagnostics, problem => Assert.Equal(source.Streams[0].Files.Location, problem.Location));
        Assert.Equal(
            ["noise.csv", "none.csv.gz", "zeros.csv"],
            diagnostics.Select(problem => problem.Message.Split('\'')[1]).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_one_diagnostic()
    {
        await using var folder = await NewFolderAsync();
        var source = folder.Define(Append);
        Directory.Delete(folder.Data);
        Assert.Equal("HW3001", Assert.Single((await folder.LandAsync(source)).Diagnostics).Code);
    }

    [Fact]
    public async Task A_pattern_without_files_and_a_folder_named_like_a_file()
    {
        await using var folder = await NewFolderAsync();
        Directory.CreateDirectory(folder.PathOf("a.csv"));
        Assert.Equal("HW3002", Assert.Single((await folder.LandAsync(Append)).Diagnostics).Code);
    }

    [Fact]
    public async Task Gzip_that_is_none_or_cut_off_is_one_diagnostic()
    {
        await using var folder = await NewFolderAsync();
        folder.WriteGzip(
            "b.csv.gz",
            "id,x\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i},{i * 7919 % 1000}\n"))
        );
        var whole = await File.ReadAllBytesAsync(folder.PathOf("b.csv.gz"), TestContext.Current.CancellationToken);
        folder.Write("a.csv.gz", "no gzip").Write("b.csv.gz", whole[..(whole.Length / 2)]);
        var report = await folder.LandAsync("files: '*.gz', load: append");
        Assert.Equal(["HW3004", "HW3004"], report.Diagnostics.Select(problem => problem.Code));
    }

    [Theory]
    [InlineData("broken.parquet", "PAR1 and then nothing that is Parquet")]
    [InlineData("broken.parquet", "PAR1 a text between the two marks of Parquet PAR1")]
    [InlineData("broken.json", "[{\"id\": 1}, {\"id\":")]
    [InlineData("broken.xlsx", "no workbook")]
    public async Task A_broken_file_is_named_by_its_own_name_alone(string name, string text)
    {
        await using var folder = await NewFolderAsync();
        folder.Write(name, text);
        var report = await folder.LandAsync($"files: '{name}', load: append");
        var problem = Assert.Single(report.Diagnostics);
        Assert.Equal("HW3004", problem.Code);
        Assert.Contains($"'{name}'", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9a-f]{32}", problem.Message);
        Assert.DoesNotContain(folder.Root, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreadable_file_does_not_hold_the_others()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "the superuser reads everything");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id\n1\n").Write("b.csv", "id\n2\n");
        File.SetUnixFileMode(folder.PathOf("a.csv"), UnixFileMode.None);
        Assert.Equal("HW3003", Assert.Single((await folder.LandAsync(Append)).Diagnostics).Code);
        Assert.Equal(["2"], await folder.LandedAsync());
    }

    [Fact]
    public async Task Folders_that_cannot_be_read_are_one_diagnostic_and_not_an_exception()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "what a path may be is another thing elsewhere");
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id\n1\n");
        // Each half is a path that the system takes, both in one are too long a path, even for those who may read everything.
        var half = string.Join('/', Enumerable.Repeat(new string('d', 200), 12));
        Directory.CreateDirectory(folder.PathOf(half));
        Directory.CreateDirectory(Path.Combine(folder.Root, half));
        var (apart, within) = (Path.Combine(folder.Root, half[..200]), Path.Combine(folder.PathOf(half), "below"));
        Directory.Move(apart, within);
        try
        {
            var source = folder.Define("files: '**/*.csv', load: append");
            Assert.Equal("HW3003", Assert.Single((await folder.LandAsync(source)).Diagnostics).Code);

            var diagnostics = new DiagnosticBag();
            var twice = source with { Streams = [source.Streams[0], source.Streams[0]] };
            SourceLander.ValidateFiles(twice, diagnostics);
            var problem = Assert.Single(diagnostics);
            Assert.Equal(("HW3003", source.Path.Location), (problem.Code, problem.Location));
        }
        finally
        {
            Directory.Move(within, apart);
        }
    }

    [Fact]
    public async Task A_record_too_long_is_set_aside_with_its_beginning()
    {
        await using var folder = await NewFolderAsync(LandingLimits.Default with { RecordBytes = 10_000 });
        folder.Write(
            "a.csv",
            $"id,x\n1,a\n2,{new string('x', 50_000)}\n3,\"{new string('y', 9_000)}\n{new string('y', 9_000)}\"\n4,d\n5\n"
        );
        var report = await folder.LandAsync(Append);
        Assert.Equal((5, 2, 3), (report.RowsRead, report.RowsLanded, report.RowsQuarantined));
        Assert.Equal(["1|a", "4|d"], await folder.LandedAsync());
        Assert.Equal(["3|2,xxx", "4|3,\"yy", "6|5"], await folder.QuarantineAsync("line, left(original, 5)"));
    }

    [Fact]
    public async Task Long_records_within_the_limit_land()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", $"id,x\n1,a\n2,{new string('x', 5_000_000)}\n3,c\n");
        await folder.LandCleanlyAsync(Append);
        Assert.Equal("5000000", await folder.ValueAsync("SELECT max(length(x)) FROM raw_s.t"));
    }

    [Fact]
    public async Task Cancelling_in_the_middle_keeps_the_last_good_state()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,a\n");
        await folder.LandCleanlyAsync(Append);
        folder.Write(
            "b.csv",
            "id,x\n" + string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"{i},some text {i}\n"))
        );
        var source = folder.Define(Append);
        using var leaving = new CancellationTokenSource();
        var landing = folder.Lander.LandAsync(source, progress: null, leaving.Token);
        while (!landing.IsCompleted && Directory.GetFiles(folder.Host.Warehouse.FileEngine.SpoolFolder).Length == 0)
        {
            await Task.Yield();
        }

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => landing);
        Assert.Equal(["1|a"], await folder.LandedAsync());
        Assert.Empty(Directory.GetFiles(folder.Host.Warehouse.FileEngine.SpoolFolder));
        Assert.Equal(1_000_000, (await folder.LandCleanlyAsync(Append)).RowsLanded);
    }

    [Fact]
    public async Task Two_landings_at_once_queue()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},{i}\n")));
        var source = folder.Define(Append);
        var reports = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => folder.Lander.LandAsync(source, progress: null, TestContext.Current.CancellationToken))
        );
        Assert.Equal([0, 0, 0, 1], reports.Select(report => report.Single().Files).Order());
        Assert.Equal("50000", await folder.ValueAsync("SELECT count(*) FROM raw_s.t"));
    }

    [Fact]
    public async Task A_process_killed_while_it_lands_leaves_the_last_good_state()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,a\n");
        await folder.LandCleanlyAsync(Append);
        folder.Write(
            "b.csv",
            "id,x\n" + string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"{i},some text {i}\n"))
        );
        await folder.CloseAsync();
        foreach (var delay in (int[])[0, 100, 300])
        {
            using var lander = Process.Start(
                new ProcessStartInfo(
                    Environment.ProcessPath!,
                    [.. Prefix(), Program.LandCommand, folder.Root, Append, .. folder.Warehouse.Arguments]
                )
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                }
            )!;
            Assert.Equal("landing", await lander.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            await Task.Delay(delay, TestContext.Current.CancellationToken);
            lander.Kill();
            await lander.WaitForExitAsync(TestContext.Current.CancellationToken);

            // Whole or not at all, whenever it was.
            Assert.Contains(await folder.ValueAsync("SELECT count(*) FROM raw_s.t"), (string[])["1", "1000001"]);
            await folder.CloseAsync();
        }

        await folder.LandCleanlyAsync(Append);
        Assert.Equal("1000001", await folder.ValueAsync("SELECT count(*) FROM raw_s.t"));
        Assert.False((await folder.LandCleanlyAsync(Append)).Changed);
    }

    [Fact]
    public async Task A_full_disk_is_one_diagnostic_and_keeps_what_there_was()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess,
            "a small disk has to be mounted"
        );
        var disk = Directory.CreateTempSubdirectory("headwater-disk-").FullName;
        Assert.SkipUnless(
            Mount("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk),
            "a small disk cannot be mounted here"
        );
        try
        {
            await using (var folder = new LandingFolder(disk))
            {
                folder.Write("a.csv", "id,x\n1,a\n");
                await folder.LandCleanlyAsync(Append);
                folder.Write(
                    "b.csv",
                    "id,x\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i},{Guid.NewGuid()}\n"))
                );
                var filler = Path.Combine(disk, "filler");
                await File.WriteAllBytesAsync(
                    filler,
                    new byte[new DriveInfo(disk).AvailableFreeSpace - (2 << 20)],
                    CancellationToken.None
                );
                var report = await folder.LandAsync(Append);
                var problem = Assert.Single(report.Diagnostics);
                Assert.Equal("HW3015", problem.Code);
                await folder.CloseAsync();
                Assert.Equal(["1|a"], await folder.LandedAsync());
                File.Delete(filler);
                folder.Delete("b.csv").Write("c.csv", "id,x\n2,b\n");
                await folder.LandCleanlyAsync(Append);
                Assert.Equal(["1|a", "2|b"], await folder.LandedAsync());
            }
        }
        finally
        {
            Mount("umount", disk);
            Directory.Delete(disk);
        }
    }

    private static string[] Prefix() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
            ? [System.Reflection.Assembly.GetExecutingAssembly().Location]
            : [];

    private static bool Mount(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
