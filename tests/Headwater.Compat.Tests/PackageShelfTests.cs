using Headwater.Compat.Packages;
using Headwater.Compat.Projects;

namespace Headwater.Compat.Tests;

public sealed class PackageShelfTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("hw-shelf-").FullName;

    [Fact]
    public void A_package_is_found_by_the_name_in_its_project_file_and_brings_what_it_needs()
    {
        Package("somebody+dbt_toys", "toys", "packages:\n  - package: somebody/bricks\n    version: 1.0.0\n");
        Package("somebody+building-bricks", "bricks", null);
        var main = Project("packages:\n  - git: \"https://example.com/somebody/toys.git\"\n    revision: main\n");
        new PackageShelf(Shelf).Install(main, null);
        Assert.Equal(["bricks", "toys"], Installed(main));
    }

    [Fact]
    public void A_package_beside_the_project_stays_where_it_is_and_what_it_needs_is_installed()
    {
        Package("somebody+bricks", "bricks", null);
        var main = Project("packages:\n  - local: ../\n");
        Write(Path.Combine(main, "..", "dbt_project.yml"), "name: outer\n");
        Write(Path.Combine(main, "..", "packages.yml"), "packages:\n  - package: somebody/bricks\n");
        new PackageShelf(Shelf).Install(main, null);
        Assert.Equal(["bricks"], Installed(main));
    }

    [Fact]
    public void What_lies_nowhere_is_left_out()
    {
        var main = Project("packages:\n  - package: somebody/absent\n");
        new PackageShelf(Shelf).Install(main, null);
        Assert.Empty(Installed(main));
    }

    [Fact]
    public void A_package_without_a_macro_that_the_manifest_knows_is_written_from_the_manifest()
    {
        Package("somebody+bricks", "bricks", null);
        Write(Path.Combine(Shelf, "somebody+bricks", "macros/old.sql"), "{% macro old() %}1{% endmacro %}");
        var main = Project("packages:\n  - package: somebody/bricks\n");
        new PackageShelf(Shelf).Install(main, Manifest(main, "bricks", "fresh", "macros/fresh.sql"));
        var place = Path.Combine(main, "dbt_packages", "bricks");
        Assert.Equal("{% macro fresh() %}2{% endmacro %}", File.ReadAllText(Path.Combine(place, "macros/fresh.sql")));
        Assert.False(File.Exists(Path.Combine(place, "macros/old.sql")));
    }

    [Fact]
    public void A_package_that_nobody_asks_for_but_the_manifest_holds_is_asked_for()
    {
        var main = Project("packages: []\n");
        new PackageShelf(Shelf).Install(main, Manifest(main, "bricks", "fresh", "macros/fresh.sql"));
        Assert.Equal(["bricks"], Installed(main));
        Assert.Contains(
            "manifest/bricks",
            File.ReadAllText(Path.Combine(main, "dependencies.yml")),
            StringComparison.Ordinal
        );
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Shelf => Directory.CreateDirectory(Path.Combine(_root, "shelf")).FullName;

    private static IEnumerable<string> Installed(string main) =>
        Directory
            .EnumerateDirectories(Path.Combine(main, "dbt_packages"))
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal);

    private void Package(string folder, string name, string? packages)
    {
        Write(Path.Combine(Shelf, folder, "dbt_project.yml"), $"config-version: 2\nname: '{name}'\n");
        if (packages is not null)
        {
            Write(Path.Combine(Shelf, folder, "packages.yml"), packages);
        }
    }

    private string Project(string packages)
    {
        var main = Path.Combine(_root, "work", "main");
        Write(Path.Combine(main, "dbt_project.yml"), "name: main\n");
        Write(Path.Combine(main, "packages.yml"), packages);
        return main;
    }

    private DbtManifest Manifest(string main, string package, string macro, string path)
    {
        var folder = Path.Combine(_root, "documented");
        Write(
            Path.Combine(folder, "docs", "manifest.json"),
            $$$"""
            {"macros": {"one": {
              "package_name": "{{{package}}}", "name": "{{{macro}}}", "original_file_path": "{{{path}}}",
              "macro_sql": "{% macro {{{macro}}}() %}2{% endmacro %}"
            } } }
            """
        );
        Directory.CreateDirectory(main);
        return DbtManifest.Read(folder)!;
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, text);
    }
}
