using System.Text.RegularExpressions;

namespace Headwater.Architecture.Tests;

public sealed partial class ArrowTests
{
    // From the bottom up. A module may reference only modules below it.
    private static readonly string[] Layers =
    [
        "Kernel",
        "Simulator",
        "Jinja",
        "Sql",
        "DuckDb",
        "Project",
        "Warehouse",
        "Sources",
        "Modeling",
        "Metrics",
        "Query",
        "Platform",
        "Server",
        "Cli",
    ];

    [Fact]
    public void Every_module_has_its_place() => Assert.Equal(Layers.Order(), Repository.References().Keys.Order());

    [Fact]
    public void References_point_down_only()
    {
        var upward =
            from module in Repository.References()
            from target in module.Value
            where Array.IndexOf(Layers, target) >= Array.IndexOf(Layers, module.Key)
            select $"{module.Key} → {target}";

        Assert.Empty(upward);
    }

    [Theory]
    [InlineData("Jinja", "Kernel")]
    [InlineData("Sql", "Kernel")]
    [InlineData("DuckDb", "Kernel")]
    [InlineData("Project", "Kernel")]
    [InlineData("Metrics", "Kernel Project Sql")]
    [InlineData("Query", "Kernel Metrics Project Sql Warehouse")]
    public void Lower_modules_know_no_more_than_they_may(string module, string allowed) =>
        Assert.Subset(allowed.Split(' ').ToHashSet(), Repository.References()[module].ToHashSet());

    [Fact]
    public void Namespaces_point_down_only()
    {
        var upward =
            from module in Layers
            from file in Repository.Sources(module)
            from Match use in Using().Matches(File.ReadAllText(file))
            let target = use.Groups["module"].Value
            where Array.IndexOf(Layers, target) > Array.IndexOf(Layers, module)
            select $"{Path.GetFileName(file)} uses {target}";

        Assert.Empty(upward);
    }

    [Fact]
    public void Every_file_stands_in_the_namespace_of_its_folder()
    {
        var astray =
            from module in Layers
            from file in Repository.Sources(module)
            where Path.GetExtension(file) == ".cs"
            let declared = Namespace().Match(File.ReadAllText(file)).Groups["name"].Value
            where declared.Length > 0 && !declared.StartsWith("Headwater." + module, StringComparison.Ordinal)
            select file;

        Assert.Empty(astray);
    }

    [GeneratedRegex(
        @"^@?using (static )?Headwater\.(?<module>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Using();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();
}
