using System.CommandLine;
using System.Diagnostics;
using Headwater.Cli.CommandLine;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling;
using Headwater.Project.Yaml;

namespace Headwater.Cli.Commands;

/// <summary>
/// <c>headwater deps</c>: puts the packages of <c>packages.yml</c> below <c>dbt_packages/</c>, those of git repositories at the revision
/// named. Local packages are used where they are; packages of a hub have to be there already.
/// </summary>
internal sealed class DepsCommand : ICliCommand
{
    public Command Build(CommandScope scope)
    {
        var command = new Command("deps", "Install the packages that the project names");
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var options = GlobalOptions.Read(parsed, scope);
                var templates = new SettingTemplates(options.Modeling);
                var root = options.Project.Folder;
                var pending = new Queue<string>([root]);
                var installed = new HashSet<string>(StringComparer.Ordinal);
                while (pending.TryDequeue(out var folder))
                {
                    foreach (var package in Packages(folder, templates))
                    {
                        if (
                            await InstallAsync(scope, root, folder, package, cancellationToken) is { } place
                            && installed.Add(place)
                        )
                        {
                            pending.Enqueue(place);
                        }
                    }
                }

                return CommandRunner.Done;
            }
        );
        return command;
    }

    private static List<YamlMapping> Packages(string folder, SettingTemplates templates)
    {
        var problems = new DiagnosticBag();
        var packages = new List<YamlMapping>();
        foreach (var name in (string[])["packages.yml", "dependencies.yml"])
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path) && YamlReader.Read(File.ReadAllText(path), name, problems) is YamlMapping file)
            {
                var entries = (file["packages"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [];
                packages.AddRange(entries.Select(entry => Rendered(entry, templates, problems)));
            }
        }

        problems.ThrowIfErrors();
        return packages;
    }

    private static YamlMapping Rendered(YamlMapping entry, SettingTemplates templates, DiagnosticBag problems) =>
        entry with
        {
            Entries =
            [
                .. entry.Entries.Select(pair =>
                    pair.Value is YamlScalar value
                        ? pair with
                        {
                            Value = templates.Render(value, givesSecrets: true, problems),
                        }
                        : pair
                ),
            ],
        };

    /// <summary>The folder of the package; null for one that stays where it is not followed.</summary>
    private static async Task<string?> InstallAsync(
        CommandScope scope,
        string root,
        string folder,
        YamlMapping package,
        CancellationToken cancellationToken
    )
    {
        if (Text(package, "local") is { } local)
        {
            return Path.GetFullPath(Path.Combine(folder, local));
        }

        if (Text(package, "git") is { } url)
        {
            return await CloneAsync(scope, root, url, package, cancellationToken);
        }

        var hub = Text(package, "package") ?? "?";
        var name = hub.Split('/')[^1];
        var place = new[] { name, name.Replace('-', '_') }
            .Select(candidate => Path.Combine(root, "dbt_packages", candidate))
            .FirstOrDefault(Directory.Exists);
        return place
            ?? throw CliDiagnostics
                .PackageNotInstalled.With(
                    hub,
                    "packages of a hub are not downloaded; name its git repository, or put it below dbt_packages/"
                )
                .ToException();
    }

    private static async Task<string> CloneAsync(
        CommandScope scope,
        string root,
        string url,
        YamlMapping package,
        CancellationToken cancellationToken
    )
    {
        var name = url.TrimEnd('/').Split('/')[^1].Replace(".git", "", StringComparison.Ordinal);
        var place = Path.Combine(root, "dbt_packages", name);
        var fresh = place + ".new";
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Remove(fresh);
        await GitAsync(url, ["clone", "--quiet", "--", url, fresh], cancellationToken);
        if (Text(package, "revision") is { } revision)
        {
            await GitAsync(url, ["-C", fresh, "checkout", "--quiet", "--detach", revision], cancellationToken);
        }

        if (Text(package, "subdirectory") is { } inner)
        {
            var whole = fresh + ".whole";
            Remove(whole);
            Directory.Move(fresh, whole);
            Directory.Move(Path.Combine(whole, inner), fresh);
            Remove(whole);
        }

        Remove(place);
        Directory.Move(fresh, place);
        await scope.Error.WriteLineAsync($"installed {name}");
        return place;
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task GitAsync(string url, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            RedirectStandardError = true,
            UseShellExecute = false,
            // Nobody is there to type a password.
            Environment = { ["GIT_TERMINAL_PROMPT"] = "0" },
        };
        using var git = Process.Start(start)!;
        var said = await git.StandardError.ReadToEndAsync(cancellationToken);
        await git.WaitForExitAsync(cancellationToken);
        if (git.ExitCode != 0)
        {
            throw CliDiagnostics.PackageNotInstalled.With(url, said.Trim()).ToException();
        }
    }

    private static string? Text(YamlMapping mapping, string key) =>
        mapping[key] is YamlScalar { IsNull: false, Text.Length: > 0 } scalar ? scalar.Text : null;
}
