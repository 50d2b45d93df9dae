using Headwater.Project;

namespace Headwater.Modeling.Tests.Keeping;

public sealed class KeepingTests
{
    [Fact]
    public async Task A_file_that_is_damaged_anywhere_is_as_good_as_none()
    {
        await using var project = RichProject.Create();
        KeptLoad.Of(project);
        var whole = await File.ReadAllBytesAsync(KeptLoad.File(project));
        for (var place = 0; place < whole.Length; place += 97)
        {
            var damaged = whole.ToArray();
            damaged[place] ^= 0x55;
            await File.WriteAllBytesAsync(KeptLoad.File(project), damaged);
            Assert.Null(Modeling.Keeping.KeptFile.Read(KeptLoad.Folder(project), whole.AsSpan(40, 32)));
        }

        await File.WriteAllBytesAsync(KeptLoad.File(project), whole);
        Assert.NotNull(Modeling.Keeping.KeptFile.Read(KeptLoad.Folder(project), whole.AsSpan(40, 32)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(139)]
    [InlineData(2000)]
    public async Task A_file_that_is_cut_off_is_parsed_anew_and_kept_again(int length)
    {
        await using var project = RichProject.Create();
        KeptLoad.Of(project);
        var whole = await File.ReadAllBytesAsync(KeptLoad.File(project));
        await File.WriteAllBytesAsync(KeptLoad.File(project), whole[..length]);
        Assert.False(KeptLoad.Of(project).WasKept);
        Assert.True(KeptLoad.Of(project).WasKept);
    }

    [Fact]
    public async Task Bytes_that_were_made_up_are_told_without_a_fault()
    {
        await using var project = RichProject.Create();
        KeptLoad.Of(project);
        var outcome = Modeling
            .Keeping.KeptFile.Read(
                KeptLoad.Folder(project),
                (await File.ReadAllBytesAsync(KeptLoad.File(project))).AsSpan(40, 32)
            )!
            .Outcome.ToArray();
        var random = new Random(20);
        for (var round = 0; round < 300; round++)
        {
            var made = outcome.ToArray();
            for (var count = 0; count < 3; count++)
            {
                made[random.Next(made.Length)] = (byte)random.Next(256);
            }

            try
            {
                Modeling.Keeping.ManifestForm.Read(made);
            }
            catch (InvalidDataException)
            {
                // The one way to say so.
            }
        }
    }

    [Fact]
    public async Task What_a_killed_command_left_half_written_is_in_nobodys_way()
    {
        await using var project = RichProject.Create();
        Directory.CreateDirectory(KeptLoad.Folder(project));
        await File.WriteAllTextAsync(KeptLoad.File(project) + ".new", "HWPARSE2 half");
        Assert.False(KeptLoad.Of(project).WasKept);
        Assert.True(KeptLoad.Of(project).WasKept);
        Assert.False(File.Exists(KeptLoad.File(project) + ".new"));
    }

    [Fact]
    public async Task Commands_at_once_leave_a_whole_file()
    {
        await using var project = RichProject.Create();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => KeptLoad.Of(project))));
        Assert.True(KeptLoad.Of(project).WasKept);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_keeps_nothing_and_stops_nobody()
    {
        await using var project = RichProject.Create().Write("target", "a file of that name");
        Assert.False(KeptLoad.Of(project).WasKept);
        Assert.False(KeptLoad.Of(project).WasKept);
    }

    [Fact]
    public async Task Others_may_not_read_the_file()
    {
        await using var project = RichProject.Create();
        KeptLoad.Of(project);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeptLoad.File(project)));
        }
    }

    [Fact]
    public async Task A_parse_with_mistakes_is_not_kept()
    {
        await using var project = RichProject.Create().Write("models/wrong.sql", "select * from {{ ref('nobody') }}");
        KeptLoad.Of(project);
        var again = KeptLoad.Of(project);
        Assert.False(again.WasKept);
        Assert.Contains(
            again.Diagnostics,
            diagnostic => diagnostic.Message.Contains("nobody", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("{{ config(meta={'at': run_started_at | string}) }}select 1 as x")]
    [InlineData("{{ config(alias='t' ~ invocation_id[:8]) }}select 1 as x")]
    [InlineData("{{ config(meta={'at': modules.datetime.datetime.now() | string}) }}select 1 as x")]
    [InlineData("{{ model.name }}select '{{ run_started_at }}' as x")]
    [InlineData("{{ log('heard') }}select '{{ run_started_at }}' as x")]
    public async Task A_parse_that_depends_on_its_moment_is_not_kept(string text)
    {
        await using var project = RichProject.Create().Write("models/timed.sql", text);
        KeptLoad.Of(project);
        Assert.False(KeptLoad.Of(project).WasKept);
    }

    [Fact]
    public async Task A_parse_whose_names_depend_on_their_moment_is_not_kept()
    {
        await using var project = RichProject
            .Create()
            .Write(
                "macros/naming.sql",
                """
                {% macro generate_alias_name(custom_alias_name=none, node=none) %}
                {%- set year = run_started_at.year -%}
                {{ custom_alias_name or node.name ~ (node.version or '') }}{% endmacro %}
                """
            );
        KeptLoad.Of(project);
        Assert.False(KeptLoad.Of(project).WasKept);
    }

    [Theory]
    [InlineData("{{ run_started_at }}")]
    [InlineData("{{ invocation_id }}")]
    [InlineData("{{ modules.datetime.datetime.now() }}")]
    [InlineData("{{ modules.datetime.date.today() }}")]
    public async Task A_model_that_only_writes_its_moment_is_rendered_again_and_the_rest_is_kept(string template)
    {
        await using var project = RichProject.Create().Write("models/timed.sql", $"select '{template}' as x");
        KeptLoad.Of(project);
        Assert.True(KeptLoad.Of(project).WasKept);
        project.Write("models/timed.sql", $"select '{template}' as y");
        var load = KeptLoad.Of(project);
        Assert.True(load.WasKept);
        Assert.Equal($"select '{template}' as y", load.Text("timed"));
        Assert.True(KeptLoad.Of(project).WasKept);
    }

    [Fact]
    public async Task A_model_that_reads_something_else_at_another_time_is_parsed_then()
    {
        await using var project = RichProject
            .Create()
            .Write(
                "models/timed.sql",
                "select * from {{ ref('orders') if run_started_at.year == 2024 else ref('steps') }}"
            );
        Assert.False(At(2024).WasKept);
        Assert.True(At(2024).WasKept);
        var later = At(2025);
        Assert.False(later.WasKept);
        Assert.Contains(
            later.Manifest.FindRef("timed")!.DependsOn,
            id => id.EndsWith(".steps", StringComparison.Ordinal)
        );

        KeptLoad At(int year) =>
            KeptLoad.Of(
                project,
                given: options =>
                    options with
                    {
                        Clock = new FixedClock(new DateTimeOffset(year, 6, 1, 0, 0, 0, default)),
                    }
            );
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [Fact]
    public async Task A_parse_of_another_build_of_the_program_is_ignored()
    {
        await using var project = RichProject.Create();
        KeptLoad.Of(project);
        // As if one of the assemblies were another: its identity is in the seal.
        var options = new ProjectOptions(project.Root, null, Project.Settings.SettingOverrides.None);
        var modeling = new ModelingOptions { KeptIn = _ => KeptLoad.Folder(project) };
        var folder = ProjectFolder.Load(options, new Kernel.Diagnostics.DiagnosticBag())!;
        Assert.NotNull(new Modeling.Keeping.ParseKeeper(options, modeling).Read(folder));
        Assert.Null(new Modeling.Keeping.ParseKeeper(options, modeling, typeof(KeepingTests)).Read(folder));
    }

    [Fact]
    public async Task Whole_files_that_name_what_is_not_there_are_ignored()
    {
        await using var project = RichProject.Create();
        var manifest = KeptLoad.Of(project).Manifest;
        var outcome = Modeling.Keeping.ManifestRestorer.OutcomeOf(manifest, [], []);
        var restorer = new Modeling.Keeping.ManifestRestorer(manifest.Project, new ModelingOptions());
        restorer.Restore(outcome, []);
        foreach (var gone in manifest.Nodes.Values.SelectMany(node => node.DependsOn).Distinct())
        {
            var lacking = outcome with { Nodes = [.. outcome.Nodes.Where(node => node.UniqueId != gone)] };
            Assert.Throws<InvalidDataException>(() => restorer.Restore(lacking, []));
        }
    }

    [Fact]
    public async Task Nothing_is_said_of_what_is_switched_off()
    {
        await using var project = RichProject
            .Create()
            .Write(
                "macros/naming.sql",
                """
                {% macro generate_alias_name(custom_alias_name=none, node=none) %}
                {%- if node.name == 'off' %}{{ log('off') }}{{ exceptions.raise_compiler_error('no name') }}{% endif -%}
                {{ custom_alias_name or node.name ~ (node.version or '') }}{% endmacro %}
                """
            );
        var lines = new List<string>();
        var load = KeptLoad.Of(project, given: options => options with { Log = (_, text) => lines.Add(text) });
        Assert.Empty(load.Diagnostics);
        Assert.Empty(lines);
        Assert.True(KeptLoad.Of(project).WasKept);
    }

    [Fact]
    public async Task Times_that_are_reckoned_from_texts_do_not_hinder_keeping()
    {
        await using var project = RichProject
            .Create()
            .Write("models/timed.sql", "select '{{ modules.datetime.datetime(2024, 1, 1) }}' as x");
        KeptLoad.Of(project);
        Assert.True(KeptLoad.Of(project).WasKept);
    }

    [Fact]
    public async Task Warnings_and_what_templates_log_are_told_each_time()
    {
        await using var project = RichProject
            .Create()
            .Write(
                "models/chatty.sql",
                "{{ log('heard', info=true) }}{% do exceptions.warn('careful') %}select 1 as x"
            );
        var (first, second) = (Heard(), Heard());
        Assert.False(first.Load.WasKept);
        Assert.True(second.Load.WasKept);
        Assert.Contains("heard", first.Lines);
        Assert.Equal(first.Lines, second.Lines);
        Assert.Contains(first.Load.Diagnostics, item => item.Message.Contains("careful", StringComparison.Ordinal));
        Assert.Equal(first.Load.Diagnostics, second.Load.Diagnostics);

        (KeptLoad Load, List<string> Lines) Heard()
        {
            var lines = new List<string>();
            var load = KeptLoad.Of(project, given: options => options with { Log = (_, text) => lines.Add(text) });
            return (load, lines);
        }
    }
}
