using System.Reflection;
using Headwater.Jinja.Parsing;
using Headwater.Jinja.Syntax;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Threading;
using Headwater.Project.Packages;

namespace Headwater.Modeling.Parsing;

/// <summary>Reads the macros of packages, and the built-in ones.</summary>
internal sealed class MacroReader(TemplateCache templates, DiagnosticBag diagnostics)
{
    private static readonly Lazy<IReadOnlyList<MacroEntry>> BuiltIn = new(ReadBuiltIn);

    public MacroLibrary Read(IReadOnlyList<ProjectPackage> packages)
    {
        var macros = new List<MacroEntry>(BuiltIn.Value);
        foreach (var package in packages)
        {
            var seen = new Dictionary<string, MacroEntry>(StringComparer.Ordinal);
            foreach (
                var macro in OnAllCores
                    .Select([.. Files(package)], file => ReadFile(package, file))
                    .SelectMany(entries => entries)
            )
            {
                if (!seen.TryAdd(macro.Name, macro))
                {
                    diagnostics.Add(
                        ModelingDiagnostics.DuplicateMacro.At(macro.Location, macro.Name, seen[macro.Name].Location)
                    );
                }
            }

            macros.AddRange(seen.Values);
        }

        return new MacroLibrary(macros, packages[^1].Name);
    }

    private static IEnumerable<string> Files(ProjectPackage package)
    {
        var tests = package.Paths("test-paths", "tests").Select(path => path + "/generic");
        return package.Files([.. package.Paths("macro-paths", "macros"), .. tests], ".sql");
    }

    private List<MacroEntry> ReadFile(ProjectPackage package, string path)
    {
        var display = package.DisplayPath(path);
        return package.ReadText(path) is { } text && templates.TryParse(text, display, diagnostics) is { } template
            ? Entries(template, package.Name, isBuiltIn: false)
            : [];
    }

    private static List<MacroEntry> Entries(JinjaTemplate template, string package, bool isBuiltIn) =>
        [
            .. template
                .Macros.Index()
                .Where(macro => macro.Item.Tag is not ("docs" or "snapshot"))
                .Select(macro => new MacroEntry(NameOf(macro.Item), package, template, macro.Index, isBuiltIn)),
        ];

    private static string NameOf(MacroDefinition macro) =>
        macro.Tag switch
        {
            "test" or "data_test" => "test_" + macro.Name,
            "materialization" => $"materialization_{macro.Name}_{Adapter(macro)}",
            _ => macro.Name,
        };

    private static string Adapter(MacroDefinition macro) =>
        macro.Options.Named.FirstOrDefault(option => option.Name == "adapter")?.Value
            is Literal { Value: string adapter }
            ? adapter
            : "default";

    private static List<MacroEntry> ReadBuiltIn()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. OnAllCores
                .Select(
                    [.. assembly.GetManifestResourceNames().Order(StringComparer.Ordinal)],
                    name =>
                    {
                        using var stream = assembly.GetManifestResourceStream(name)!;
                        using var reader = new StreamReader(stream);
                        var template = TemplateCache.Environment.Parse(reader.ReadToEnd(), $"<built-in>/{name}");
                        return Entries(template, MacroLibrary.BuiltInPackage, isBuiltIn: true);
                    }
                )
                .SelectMany(entries => entries),
        ];
    }
}
