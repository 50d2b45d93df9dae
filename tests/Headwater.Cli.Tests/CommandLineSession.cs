using Headwater.Cli.CommandLine;

namespace Headwater.Cli.Tests;

/// <summary>Runs commands as a user would, in this process, each test in a folder of its own.</summary>
internal sealed class CommandLineSession : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("headwater-cli-").FullName;

    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>A folder of the real data beside the repository, or null where it is absent.</summary>
    public static string? RealData(string name)
    {
        var folder = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", "data", name));
        return Directory.Exists(folder) ? folder : null;
    }

    public async Task<Result> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await CommandRunner.RunAsync(new CommandScope(output, error, Folder, arguments, null), default);
        return new Result(exit, output.ToString(), error.ToString());
    }

    public void Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Headwater.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
        }

        return folder;
    }
}

internal sealed record Result(int Exit, string Out, string Error);
