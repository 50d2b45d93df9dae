using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Architecture.Tests;

public sealed partial class DiagnosticCatalogueTests
{
    private static readonly Dictionary<string, char> Digits = new()
    {
        ["Project"] = '1',
        ["Jinja"] = '2',
        ["Modeling"] = '2',
        ["Sql"] = '2',
        ["Sources"] = '3',
        ["Metrics"] = '4',
        ["Query"] = '5',
        ["Warehouse"] = '6',
        ["Platform"] = '7',
        ["Server"] = '8',
        ["Cli"] = '9',
    };

    private static List<(string Module, DiagnosticDescriptor Descriptor)> All() =>
        [
            .. Digits.Keys.SelectMany(module =>
                Assembly
                    .Load(module == "Cli" ? "headwater" : "Headwater." + module)
                    .GetTypes()
                    .Where(type => type.Name.EndsWith("Diagnostics", StringComparison.Ordinal))
                    .SelectMany(type =>
                        type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                    )
                    .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
                    .Select(field => (module, (DiagnosticDescriptor)field.GetValue(null)!))
            ),
        ];

    [Fact]
    public void Codes_are_unique_and_name_their_module()
    {
        var all = All();

        Assert.NotEmpty(all);
        Assert.Empty(
            all.GroupBy(item => item.Descriptor.Code).Where(group => group.Count() > 1).Select(group => group.Key)
        );
        Assert.All(all, item => Assert.Matches($"^HW{Digits[item.Module]}[0-9]{{3}}$", item.Descriptor.Code));
    }

    [Fact]
    public void Every_place_in_a_message_and_hint_can_be_filled()
    {
        var arguments = Enumerable.Range(0, 8).Select(number => (object)$"argument {number}").ToArray();

        Assert.All(All(), item => Assert.NotEmpty(item.Descriptor.With(arguments).Message));
    }

    [Fact]
    public void The_page_of_diagnostics_is_current()
    {
        var page = new StringBuilder(
            "# Diagnostics\n\nEvery message that a user can cause, by code. Made from the catalogues of the modules.\n"
        );
        foreach (var module in All().GroupBy(item => item.Module))
        {
            page.Append($"\n## {module.Key}\n\n| code | severity | for | message | advice |\n|---|---|---|---|---|\n");
            foreach (var (_, item) in module.OrderBy(entry => entry.Descriptor.Code, StringComparer.Ordinal))
            {
                page.Append(
                    $"| {item.Code} | {item.Severity.ToString().ToLowerInvariant()} | {item.Audience.ToString().ToLowerInvariant()} | {Cell(item.Format)} | {Cell(item.Hint)} |\n"
                );
            }
        }

        var path = Path.Combine(Repository.Root, "docs", "diagnostics.md");
        if (Environment.GetEnvironmentVariable("HEADWATER_REWRITE") == "1")
        {
            File.WriteAllText(path, page.ToString());
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == page.ToString(),
            "docs/diagnostics.md is out of date: run this test with HEADWATER_REWRITE=1 and look at the difference"
        );
    }

    private static string Cell(string? text) =>
        Place().Replace((text ?? "").Replace("{{", "{").Replace("}}", "}"), "…").Replace("|", "\\|").Replace("\n", " ");

    [GeneratedRegex(@"\{\d(:\w+)?\}")]
    private static partial Regex Place();
}
