using System.Text.RegularExpressions;
using Headwater.Compat.Projects;

namespace Headwater.Compat.Packages;

/// <summary>
/// The packages that lie beside the projects, by the name in their <c>dbt_project.yml</c>, and those that a project's own manifest holds.
/// </summary>
internal sealed partial class PackageShelf
{
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    public PackageShelf(string directory)
    {
        foreach (var folder in Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
        {
            var file = Path.Combine(folder, "dbt_project.yml");
            if (File.Exists(file) && Name().Match(File.ReadAllText(file)) is { Success: true } match)
            {
                _folders.TryAdd(match.Groups["name"].Value, folder);
            }
        }
    }

    /// <summary>Puts all packages that a project needs, and theirs, into its <c>dbt_packages</c>.</summary>
    public void Install(string mainFolder, DbtManifest? manifest)
    {
        var target = Path.Combine(mainFolder, "dbt_packages");
        Directory.CreateDirectory(target);
        var macros = manifest?.Macros.ToLookup(macro => macro.Package, StringComparer.Ordinal);
        var pending = new Queue<string>([mainFolder]);
        var seen = new HashSet<string>(StringComparer.Ordinal) { mainFolder };
        while (pending.TryDequeue(out var folder))
        {
            foreach (var needed in Needs(folder))
            {
                var next = needed.Local is { } local
                    ? Path.GetFullPath(Path.Combine(folder, local))
                    : Place(needed.Name, target, macros?[needed.Name]);
                if (next is not null && seen.Add(next))
                {
                    pending.Enqueue(next);
                }
            }
        }

        if (macros is not null)
        {
            AddUnsaid(macros, target, mainFolder);
        }
    }

    // A manifest does not say what a package of it needs: what nobody asked for, and yet is there, is needed by those taken from it.
    private void AddUnsaid(ILookup<string, DbtMacro> macros, string target, string mainFolder)
    {
        var own = Directory
            .EnumerateFiles(Path.GetDirectoryName(mainFolder)!, "dbt_project.yml", SearchOption.AllDirectories)
            .Select(file => Name().Match(File.ReadAllText(file)).Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var unsaid = macros
            .Select(package => package.Key)
            .Where(name =>
                !own.Contains(name) && name != "dbt" && !name.StartsWith("dbt_postgres", StringComparison.Ordinal)
            )
            .ToList();
        foreach (var name in unsaid)
        {
            Place(name, target, macros[name]);
        }

        if (unsaid.Count > 0)
        {
            File.WriteAllLines(
                Path.Combine(mainFolder, "dependencies.yml"),
                unsaid.Select(name => $"  - package: manifest/{name}").Prepend("packages:")
            );
        }
    }

    // What lies beside is taken unless dbt's own manifest knows macros that it has not.
    private string? Place(string name, string target, IEnumerable<DbtMacro>? known)
    {
        var place = Path.Combine(target, name);
        if (Directory.Exists(place))
        {
            return place;
        }

        var macros = known?.ToList() ?? [];
        if (_folders.TryGetValue(name, out var folder) && macros.All(macro => Holds(folder, macro)))
        {
            Folders.Copy(folder, place);
            return place;
        }

        if (macros.Count == 0)
        {
            return null;
        }

        Write(name, place, macros);
        return place;
    }

    private static bool Holds(string folder, DbtMacro macro)
    {
        var file = Path.Combine(folder, macro.Path);
        return File.Exists(file) && File.ReadAllText(file).Contains(macro.Sql.Trim(), StringComparison.Ordinal);
    }

    private static void Write(string name, string place, List<DbtMacro> macros)
    {
        foreach (var file in macros.GroupBy(macro => macro.Path, StringComparer.Ordinal))
        {
            var path = Path.Combine(place, file.Key);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, string.Join("\n\n", file.Select(macro => macro.Sql)));
        }

        File.WriteAllText(Path.Combine(place, "dbt_project.yml"), $"name: {name}\nversion: '0'\nconfig-version: 2\n");
    }

    private static IEnumerable<(string Name, string? Local)> Needs(string folder)
    {
        foreach (var file in (string[])["packages.yml", "dependencies.yml"])
        {
            var path = Path.Combine(folder, file);
            if (!File.Exists(path))
            {
                continue;
            }

            foreach (Match entry in Entry().Matches(File.ReadAllText(path)))
            {
                var value = entry.Groups["value"].Value;
                yield return entry.Groups["kind"].Value == "local"
                    ? ("", value)
                    : (value.Split('/')[^1].Replace(".git", "", StringComparison.Ordinal).Replace('-', '_'), null);
            }
        }
    }

    [GeneratedRegex(
        @"^name:\s*['""]?(?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Name();

    [GeneratedRegex(
        @"^\s*-\s*(?<kind>local|package|git):\s*['""]?(?<value>[^\s'""]+)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Entry();
}
