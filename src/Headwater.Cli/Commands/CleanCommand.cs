using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Platform.Projects;
using Headwater.Project.Yaml;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater clean</c>: removes the folders that <c>clean-targets</c> names, inside the project alone.</summary>
internal sealed class CleanCommand : ICliCommand
{
    public Command Build(CommandScope scope)
    {
        var command = new Command("clean", "Remove what commands have written below the project");
        command.SetAction(parsed =>
        {
            var options = GlobalOptions.Read(parsed, scope);
            var project = LoadedProject.Load(options.Project, options.Modeling, withFiles: false);
            scope.Diagnostics.PrintFirst(project.Warnings);
            var root = project.Folder.Root;
            var targets = (project.Folder.Package.File["clean-targets"] as YamlSequence)
                ?.Items.OfType<YamlScalar>()
                .Select(item => item.Text);
            foreach (var target in targets ?? [GlobalOptions.TargetPath(parsed, project)])
            {
                var path = Path.GetFullPath(Path.Combine(root, target));
                if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                {
                    throw CliDiagnostics.OutsideProject.With(target).ToException();
                }

                if (Directory.Exists(path))
                {
                    Directory.Delete(path, recursive: true);
                    scope.Error.WriteLine($"removed {target}");
                }
            }

            return CommandRunner.Done;
        });
        return command;
    }
}
