using System.CommandLine;
using System.Reflection;
using Headwater.Cli.CommandLine;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater init</c>: a new project that builds at once, small enough to read in five minutes.</summary>
internal sealed class InitCommand : ICliCommand
{
    private const string Prefix = "Templates/";
    private const string NamePlace = "PROJECT_NAME";

    private static readonly Argument<string> Folder = new("folder") { Description = "The new project's folder" };

    public Command Build(CommandScope scope)
    {
        var command = new Command("init", "Make a new project that builds at once") { Folder };
        command.SetAction(parsed => Run(scope, scope.FullPath(parsed.GetValue(Folder)!)));
        return command;
    }

    private static int Run(CommandScope scope, string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw CliDiagnostics.FolderNotEmpty.With(folder).ToException();
        }

        var assembly = Assembly.GetExecutingAssembly();
        var name = ProjectName(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)));
        try
        {
            foreach (
                var resource in assembly
                    .GetManifestResourceNames()
                    .Where(item => item.StartsWith(Prefix, StringComparison.Ordinal))
            )
            {
                // A template called .gitignore would be ignored itself.
                var path = Path.Combine(
                    folder,
                    resource[Prefix.Length..]
                        .Replace("gitignore.txt", ".gitignore", StringComparison.Ordinal)
                        .Replace('\\', '/')
                );
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                using var template = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                File.WriteAllText(path, template.ReadToEnd().Replace(NamePlace, name, StringComparison.Ordinal));
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw CliDiagnostics.CannotWrite.With(folder, problem.Message).ToException(problem);
        }

        scope.Out.WriteLine($"A new project is in {folder}. Next:");
        scope.Out.WriteLine($"  headwater build --project {folder}");
        scope.Out.WriteLine($"  headwater query --project {folder} --metrics revenue --group-by metric_time__month");
        scope.Out.WriteLine($"  headwater serve --project {folder}");
        return CommandRunner.Done;
    }

    private static string ProjectName(string folder)
    {
        var name = string.Concat(
            folder.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')
        );
        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : "project_" + name;
    }
}
