using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Headwater.Cli.Remote;

/// <summary>
/// What a server leaves in its home folder so that commands find it: <c>server.json</c>, readable by its owner alone. The files of a home belong to one
/// process; commands act through it.
/// </summary>
/// <param name="Url">Where it listens on this machine.</param>
/// <param name="Token">What a command shows to be let in; new at each start.</param>
/// <param name="ProcessId">The server's process.</param>
internal sealed record ServerFile(string Url, string Token, int ProcessId)
{
    private const string Name = "server.json";
    private const int TokenBytes = 32;

    public static ServerFile New(string url) =>
        new(url, RandomNumberGenerator.GetHexString(TokenBytes * 2, lowercase: true), Environment.ProcessId);

    /// <summary>
    /// The server that holds a home folder, or null: one whose process has ended holds nothing. A file with this very process's number was left by one
    /// that was killed, as when a container starts again.
    /// </summary>
    public static ServerFile? Find(string home) =>
        Read(home) is { } server && server.ProcessId != Environment.ProcessId && IsRunning(server.ProcessId)
            ? server
            : null;

    /// <summary>What stands in a home folder, whether or not that server still runs; null if nothing that can be read does.</summary>
    public static ServerFile? Read(string home)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerFile>(File.ReadAllText(Path.Combine(home, Name)));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(string home)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // A file left by a server that was killed may have been opened wider.
        Remove(home);
        using var file = new FileStream(Path.Combine(home, Name), options);
        JsonSerializer.Serialize(file, this);
    }

    public static void Remove(string home) => File.Delete(Path.Combine(home, Name));

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
