using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Headwater.Testing;

namespace Headwater.Warehouse.Tests.Postgres;

/// <summary>The throw-away server of <c>scripts/postgres</c>.</summary>
public sealed class PostgresScriptTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task It_ends_with_its_input_and_leaves_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("headwater-script-").FullName;
        if (OperatingSystem.IsLinux())
        {
            // The server runs as another user where we are root.
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        }

        try
        {
            using var script = Process.Start(
                new ProcessStartInfo(Path.Combine(RepositoryFolder.Path, "scripts", "postgres"), "--while-input")
                {
                    UseShellExecute = false,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    Environment = { ["TMPDIR"] = folder },
                }
            )!;
            var settings = new Dictionary<string, string>(StringComparer.Ordinal);
            while (!settings.ContainsKey("PGDATABASE"))
            {
                var line = await script
                    .StandardOutput.ReadLineAsync(CancellationToken.None)
                    .AsTask()
                    .WaitAsync(Patience);
                var parts = line!.Split('=', 2);
                settings[parts[0]] = parts[1];
            }

            var port = int.Parse(settings["PGPORT"], CultureInfo.InvariantCulture);
            Assert.True(await IsOpenAsync(port));
            Assert.NotEmpty(Directory.EnumerateFileSystemEntries(folder));

            script.StandardInput.Close();
            await script.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience);
            Assert.False(await IsOpenAsync(port));
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> IsOpenAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
