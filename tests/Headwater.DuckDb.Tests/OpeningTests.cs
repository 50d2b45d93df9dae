using System.Diagnostics;
using Headwater.DuckDb.Database;
using Headwater.DuckDb.Errors;

namespace Headwater.DuckDb.Tests;

public sealed class OpeningTests : IDisposable
{
    private static readonly Dictionary<string, string> NoSettings = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("headwater-").FullName;

    private string File => Path.Combine(_folder, "data.duckdb");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_open_once_in_a_process()
    {
        using var first = DuckDbDatabase.Open(File, NoSettings);
        var again = Path.Combine(_folder, "..", Path.GetFileName(_folder), "data.duckdb");
        var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(again, NoSettings));
        Assert.Equal(DuckDbErrorKind.AlreadyOpen, error.Kind);
    }

    [Fact]
    public void A_link_to_an_open_file_is_the_same_file()
    {
        using (DuckDbDatabase.Open(File, NoSettings)) { }

        var link = Path.Combine(_folder, "link.duckdb");
        System.IO.File.CreateSymbolicLink(link, File);
        using var first = DuckDbDatabase.Open(File, NoSettings);
        var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(link, NoSettings));
        Assert.Equal(DuckDbErrorKind.AlreadyOpen, error.Kind);
    }

    [Fact]
    public void A_closed_file_can_be_opened_again_with_its_data()
    {
        using (var database = DuckDbDatabase.Open(File, NoSettings))
        using (var connection = database.Connect())
        {
            connection.Execute("create table t as select 7 as i");
        }

        using var reopened = DuckDbDatabase.Open(File, NoSettings);
        using var reader = reopened.Connect();
        using var statement = reader.Prepare("select i from t");
        using var result = statement.Execute(CancellationToken.None);
        using var chunk = result.Fetch(CancellationToken.None)!;
        Assert.Equal(7, chunk.Vector(0).Values<int>()[0]);
    }

    [Fact]
    public void A_file_stays_open_until_its_last_connection_is_disposed()
    {
        var database = DuckDbDatabase.Open(File, NoSettings);
        var connection = database.Connect();
        database.Dispose();
        Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(File, NoSettings));
        connection.Dispose();
        using var reopened = DuckDbDatabase.Open(File, NoSettings);
    }

    [Fact]
    public void A_failed_opening_leaves_the_file_free()
    {
        System.IO.File.WriteAllText(File, new string('x', 20_000));
        Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(File, NoSettings));
        System.IO.File.Delete(File);
        using var database = DuckDbDatabase.Open(File, NoSettings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(8192)]
    public void A_file_that_was_never_finished_is_made_anew(int length)
    {
        using (DuckDbDatabase.Open(File, NoSettings)) { }

        using (var file = System.IO.File.OpenWrite(File))
        {
            file.SetLength(length);
        }

        using var database = DuckDbDatabase.Open(File, NoSettings);
    }

    [Fact]
    public void A_short_file_that_is_no_database_is_refused_and_kept()
    {
        System.IO.File.WriteAllText(File, "my notes");
        Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(File, NoSettings));
        Assert.Equal("my notes", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_headless_file_with_a_log_beside_it_is_refused_and_kept()
    {
        System.IO.File.WriteAllText(File, "");
        System.IO.File.WriteAllText(File + ".wal", "rows");
        Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(File, NoSettings));
        Assert.Equal("rows", System.IO.File.ReadAllText(File + ".wal"));
    }

    [Fact]
    public void What_a_start_left_unfinished_is_removed_and_nothing_else_is_left()
    {
        System.IO.File.WriteAllText(File + ".new", "half");
        System.IO.File.WriteAllText(File + ".new.wal", "half");
        System.IO.File.WriteAllText(File + ".new.lock", "");
        System.IO.File.WriteAllText(File + ".wal", "of a database that is gone");
        using (DuckDbDatabase.Open(File, NoSettings)) { }

        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_lock_left_beside_a_finished_file_is_removed()
    {
        using (DuckDbDatabase.Open(File, NoSettings)) { }

        System.IO.File.WriteAllText(File + ".new.lock", "");
        using (DuckDbDatabase.Open(File, NoSettings)) { }

        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_new_file_behind_a_link_is_made_where_the_link_leads()
    {
        var link = Path.Combine(_folder, "link.duckdb");
        System.IO.File.CreateSymbolicLink(link, File);
        using (DuckDbDatabase.Open(link, NoSettings)) { }

        Assert.Equal(File, new FileInfo(link).LinkTarget);
        Assert.True(System.IO.File.Exists(File));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(16)]
    public async Task A_process_that_is_killed_while_it_makes_a_file_leaves_nothing_in_the_way(int blocks)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the limit that kills is a Unix one");

        // The system kills a process that writes a file beyond this limit: after none, one or two of the engine's three headers.
        var limited = new ProcessStartInfo(
            "sh",
            [
                "-c",
                $"ulimit -f {blocks}; exec dotnet \"$0\" {Program.HoldCommand} \"$1\"",
                typeof(Program).Assembly.Location,
                File,
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };

        // Otherwise the runtime itself needs large files.
        limited.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        limited.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var maker = Process.Start(limited)!;
        maker.StandardInput.Close();
        await maker.StandardError.ReadToEndAsync(CancellationToken.None);
        await maker.WaitForExitAsync(CancellationToken.None);
        Assert.NotEqual(0, maker.ExitCode);
        Assert.NotEmpty(Directory.GetFiles(_folder));

        using (DuckDbDatabase.Open(File, NoSettings)) { }

        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_setting_that_the_engine_does_not_know_is_named()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["no_such_setting"] = "1" };
        var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(null, settings));
        Assert.Contains("no_such_setting", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_another_process_has_open_says_so()
    {
        using var holder = Hold(File);
        try
        {
            Assert.Equal("held", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(File, NoSettings));
            Assert.Equal(DuckDbErrorKind.LockedByProcess, error.Kind);
        }
        finally
        {
            holder.StandardInput.Close();
            await holder.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static Process Hold(string path) =>
        Process.Start(
            new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, Program.HoldCommand, path])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
}
