using Headwater.Project.Inputs;
using Headwater.Project.Settings;

namespace Headwater.Modeling.Tests.Keeping;

public sealed class InputChangeTests
{
    private static readonly Dictionary<string, Action<TestProject>> Changes = new(StringComparer.Ordinal)
    {
        ["a model is edited"] = project => project.Write("models/orders.sql", "select 2 as order_id"),
        ["a model is added"] = project => project.Write("models/more.sql", "select 1 as x"),
        ["a model is removed"] = project => project.Delete("models/steps.sql"),
        ["a model is renamed"] = project =>
            File.Move(Path.Combine(project.Root, "models/steps.sql"), Path.Combine(project.Root, "models/stairs.sql")),
        ["a model moves"] = project =>
            File.Move(
                Path.Combine(project.Root, "models/steps.sql"),
                Path.Combine(project.Root, "models/staging/steps.sql")
            ),
        ["a folder comes"] = project => project.Write("models/new/deeper/more.sql", "select 1 as x"),
        ["a first test of its kind comes"] = project =>
            project.Write("tests/generic/odd.sql", "{% test odd(model) %}select 1{% endtest %}"),
        ["properties are edited"] = project => project.Write("seeds/seeds.yml", "seeds: [{name: countries}]\n"),
        ["properties are added"] = project => project.Write("models/more.yaml", "models: [{name: steps}]\n"),
        ["a macro is edited"] = project => project.Write("macros/cents.sql", "{% macro cents(c) %}1{% endmacro %}"),
        ["a macro is added"] = project => project.Write("macros/more.sql", "{% macro more() %}1{% endmacro %}"),
        ["documentation is edited"] = project =>
            project.Write("models/docs.md", "{% docs orders_text %}Other{% enddocs %}"),
        ["a seed is added"] = project => project.Write("seeds/cities.csv", "name\nBonn\n"),
        ["a seed is edited"] = project => project.Write("seeds/countries.csv", "code,label\nde,Germany\n"),
        ["the selectors are edited"] = project => project.Write("selectors.yml", "selectors: []\n"),
        ["the selectors go"] = project => project.Delete("selectors.yml"),
        ["the project file is edited"] = project => project.Write("dbt_project.yml", "name: shop\nprofile: shop\n"),
        ["a profile comes"] = project =>
            project.Write("profiles.yml", "shop: {target: dev, outputs: {dev: {type: duckdb, schema: other}}}\n"),
        ["packages come"] = project =>
        {
            project.Write("other/dbt_project.yml", "name: other\n");
            project.Write("packages.yml", "packages: [{local: other}]\n");
        },
        ["a Python model comes"] = project => project.Write("models/python.py", "x = 1\n"),
    };

    public static TheoryData<string> Names => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_changed_project_is_parsed_anew_when(string change)
    {
        await using var project = RichProject.Create();
        KeptLoad.Of(project);
        Assert.True(KeptLoad.Of(project).WasKept);
        Changes[change](project);
        Assert.False(KeptLoad.Of(project).WasKept);
    }

    [Fact]
    public async Task A_package_that_is_edited_is_seen()
    {
        await using var project = RichProject
            .Create()
            .Write("other/dbt_project.yml", "name: other\n")
            .Write("other/models/theirs.sql", "select 1 as x")
            .Write("packages.yml", "packages: [{local: other}]\n");
        KeptLoad.Of(project);
        Assert.True(KeptLoad.Of(project).WasKept);
        project.Write("other/models/theirs.sql", "select 22 as x");
        Assert.Equal("select 22 as x", KeptLoad.Of(project).Text("theirs"));
        project.Write("other/dbt_project.yml", "name: other\nversion: 2\n");
        Assert.False(KeptLoad.Of(project).WasKept);
    }

    [Fact]
    public async Task An_edit_of_the_same_size_and_time_is_seen_while_the_file_was_just_written()
    {
        await using var project = RichProject.Create();
        var path = Path.Combine(project.Root, "models/steps.sql");
        // As good as the instant of keeping: a time that has not passed yet has not passed long enough either.
        var time = DateTime.UtcNow.AddHours(1);
        File.WriteAllText(path, "select 1 as order_id");
        File.SetLastWriteTimeUtc(path, time);
        KeptLoad.Of(project);
        Assert.True(KeptLoad.Of(project).WasKept);
        File.WriteAllText(path, "select 2 as order_id");
        File.SetLastWriteTimeUtc(path, time);
        Assert.Equal("select 2 as order_id", KeptLoad.Of(project).Text("steps"));
    }

    [Fact]
    public async Task A_file_that_is_only_touched_counts_as_unchanged()
    {
        await using var project = RichProject.Create();
        KeptLoad.Of(project);
        File.SetLastWriteTimeUtc(Path.Combine(project.Root, "models/steps.sql"), DateTime.UtcNow.AddDays(-1));
        Assert.True(KeptLoad.Of(project).WasKept);
    }

    [Fact]
    public async Task An_edit_that_keeps_size_and_time_is_seen_where_the_system_tells_when_files_changed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the time that cannot be set is read on Linux alone");
        await using var project = RichProject.Create();
        var path = Path.Combine(project.Root, "models/steps.sql");
        var time = DateTime.UtcNow.AddDays(-1);
        Put("select 1 as order_id");
        KeptLoad.Of(project);
        Put("select 2 as order_id");
        Assert.Equal("select 2 as order_id", KeptLoad.Of(project).Text("steps"));
        // As unpacking another version of a package does, all of whose files have one time.
        File.Delete(path);
        Put("select 3 as order_id");
        Assert.Equal("select 3 as order_id", KeptLoad.Of(project).Text("steps"));

        void Put(string text)
        {
            File.WriteAllText(path, text);
            File.SetLastWriteTimeUtc(path, time);
        }
    }

    [Fact]
    public async Task An_older_file_with_an_older_time_is_seen()
    {
        await using var project = RichProject.Create();
        var path = Path.Combine(project.Root, "macros/cents.sql");
        KeptLoad.Of(project);
        File.WriteAllText(path, "{% macro cents(c) %}older{% endmacro %}");
        File.SetLastWriteTimeUtc(path, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.False(KeptLoad.Of(project).WasKept);
    }

    [Fact]
    public async Task A_file_that_becomes_a_folder_is_seen()
    {
        await using var project = RichProject.Create();
        KeptLoad.Of(project);
        project.Delete("models/steps.sql");
        project.Write("models/steps.sql/steps.sql", "select 5 as order_id");
        var load = KeptLoad.Of(project);
        Assert.False(load.WasKept);
        Assert.Equal("select 5 as order_id", load.Text("steps"));
    }

    [Fact]
    public async Task A_link_to_another_folder_is_seen()
    {
        await using var project = RichProject.Create();
        var time = DateTime.UtcNow.AddDays(-1);
        foreach (var (version, text) in new[] { ("one", "select 1 as x"), ("two", "select 2 as x") })
        {
            var folder = Directory.CreateDirectory(Path.Combine(project.Home, version));
            File.WriteAllText(Path.Combine(folder.FullName, "linked.sql"), text);
            File.SetLastWriteTimeUtc(Path.Combine(folder.FullName, "linked.sql"), time);
        }

        var link = Path.Combine(project.Root, "models/current");
        Directory.CreateSymbolicLink(link, Path.Combine(project.Home, "one"));
        Assert.Equal("select 1 as x", KeptLoad.Of(project).Text("linked"));
        Directory.Delete(link);
        Directory.CreateSymbolicLink(link, Path.Combine(project.Home, "two"));
        Assert.Equal("select 2 as x", KeptLoad.Of(project).Text("linked"));
    }

    [Fact]
    public async Task A_file_that_changes_between_two_readings_of_one_load_counts_as_it_was_first()
    {
        await using var project = RichProject.Create();
        var path = Path.Combine(project.Root, "models/steps.sql");
        var files = new ProjectFiles();
        files.ReadText(path);
        File.WriteAllText(path, "select 7 as order_id");
        files.ReadText(path);
        Assert.Equal([path], InputCheck.Run(files.Files, [])!.Edited);
    }

    [Fact]
    public async Task A_file_behind_a_link_is_compared_by_what_it_holds()
    {
        await using var project = RichProject.Create();
        var real = Path.Combine(project.Home, "linked.sql");
        Directory.CreateDirectory(project.Home);
        File.WriteAllText(real, "select 1 as x");
        File.CreateSymbolicLink(Path.Combine(project.Root, "models/linked.sql"), real);
        KeptLoad.Of(project);
        Assert.True(KeptLoad.Of(project).WasKept);
        File.WriteAllText(real, "select 2 as x");
        Assert.Equal("select 2 as x", KeptLoad.Of(project).Text("linked"));
    }

    [Fact]
    public async Task Files_that_no_parse_looks_for_change_nothing()
    {
        await using var project = RichProject.Create();
        KeptLoad.Of(project);
        project.Write("models/.steps.sql.swp", "x").Write("notes.txt", "x").Write("target/run/x.sql", "x");
        Assert.True(KeptLoad.Of(project).WasKept);
    }

    [Fact]
    public async Task Variables_of_the_command_line_are_seen()
    {
        await using var project = RichProject.Create();
        Assert.False(With("2024-01-01").WasKept);
        Assert.True(With("2024-01-01").WasKept);
        Assert.False(With("2024-01-02").WasKept);

        KeptLoad With(string day) =>
            KeptLoad.Of(
                project,
                given: options =>
                    options with
                    {
                        Variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["day"] = day },
                    }
            );
    }

    [Fact]
    public async Task Only_variables_of_the_environment_that_were_asked_for_count()
    {
        await using var project = RichProject
            .Create()
            .Write("models/from_env.sql", "{{ config(tags=env_var('SHOP_TAG', 'none')) }} select 1 as x");
        Assert.False(With(null, "a").WasKept);
        Assert.True(With(null, "b").WasKept);
        Assert.False(With("top-secret-tag", "b").WasKept);
        Assert.True(With("top-secret-tag", "b").WasKept);
        Assert.False(With("other", "b").WasKept);
        Assert.False(With(null, "b").WasKept);

        KeptLoad With(string? tag, string other) =>
            KeptLoad.Of(
                project,
                given: options =>
                    options with
                    {
                        Environment = name =>
                            name switch
                            {
                                "SHOP_TAG" => tag,
                                "OTHER" => other,
                                _ => null,
                            },
                    }
            );
    }

    [Fact]
    public async Task A_variable_of_the_environment_is_not_kept_in_the_clear()
    {
        await using var project = RichProject
            .Create()
            .Write("models/from_env.sql", "{% if env_var('SHOP_TAG') == 'x' %}{% endif %}select 1 as x");
        KeptLoad.Of(project, given: options => options with { Environment = _ => "top-secret-tag" });
        var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(KeptLoad.File(project)));
        Assert.Contains("SHOP_TAG", text, StringComparison.Ordinal);
        Assert.DoesNotContain("top-secret-tag", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_target_and_other_settings_of_the_command_line_are_seen()
    {
        await using var project = RichProject.Create();
        KeptLoad.Of(project);
        Assert.False(KeptLoad.Of(project, options => options with { Target = "prod" }).WasKept);
        Assert.True(KeptLoad.Of(project, options => options with { Target = "prod" }).WasKept);
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["headwater.threads"] = "7" };
        Assert.False(
            KeptLoad.Of(project, options => options with { Overrides = new SettingOverrides(values, ".") }).WasKept
        );
    }
}
