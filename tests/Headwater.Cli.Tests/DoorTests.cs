using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Headwater.Cli.Tests;

/// <summary>The doors of the repository on machines where something is missing.</summary>
public sealed class DoorTests : IDisposable
{
    // What the doors' scripts themselves use.
    private static readonly string[] Tools = ["bash", "dirname", "readlink", "cut", "tr", "grep", "cat"];

    private readonly string _path = Directory.CreateTempSubdirectory("headwater-path-").FullName;

    public static TheoryData<string> Doors { get; } = new("run", "test", "bench");

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_missing_SDK_is_one_sentence(string door)
    {
        var (code, said) = await OpenAsync(door, [.. Tools, "node", "npm"]);
        Assert.Equal(1, code);
        Assert.Equal("Headwater needs the .NET SDK 10; 'dotnet' is not on the PATH.", said);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_missing_Node_is_one_sentence(string door)
    {
        var (code, said) = await OpenAsync(door, [.. Tools, "dotnet"]);
        Assert.Equal(1, code);
        Assert.Equal("Headwater needs Node.js 20 or newer; 'node' is not on the PATH.", said);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, said) = await OpenAsync("run", [.. Tools, "dotnet", "node", "npm"], $"--port={port}");
        Assert.Equal(1, code);
        Assert.Equal($"Port {port} is in use by another program; stop it, or choose another: ./run --port=5081", said);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);

    private async Task<(int Code, string Said)> OpenAsync(string door, string[] tools, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the doors are shell scripts");
        foreach (var tool in tools)
        {
            File.CreateSymbolicLink(Path.Combine(_path, tool), Find(tool));
        }

        var start = new ProcessStartInfo(
            Path.Combine(_path, "bash"),
            [Path.Combine(CommandLineSession.RepositoryRoot, door), .. arguments]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["PATH"] = _path;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output + error).Trim());
    }

    private static string Find(string tool) =>
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, tool))
            .First(File.Exists);
}
