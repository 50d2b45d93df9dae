using Headwater.Modeling.Artifacts;

namespace Headwater.Modeling.Tests.Keeping;

public sealed class KeptManifestTests
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(
        StringComparer.Ordinal
    );

    private static readonly IReadOnlyDictionary<string, string> One = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["model.shop.orders"] = "select 1 as order_id -- ä",
    };

    [Fact]
    public async Task The_manifest_of_a_kept_parse_is_byte_for_byte_that_of_a_fresh_one()
    {
        await using var project = RichProject.Create();
        var fresh = await WriteAsync(project, "a", Nothing, wasKept: false);
        File.Delete(Path.Combine(KeptLoad.Folder(project), "kept-manifest.bin"));
        Assert.Equal(fresh, await WriteAsync(project, "a", Nothing, wasKept: true));
        var compiled = await WriteAsync(project, "a", One, wasKept: true);
        File.Delete(Path.Combine(KeptLoad.Folder(project), "kept-manifest.bin"));
        Assert.Equal(compiled, await WriteAsync(project, "a", One, wasKept: true));
    }

    [Fact]
    public async Task A_copied_manifest_is_byte_for_byte_a_written_one_whatever_was_compiled_before()
    {
        await using var project = RichProject.Create();
        var plain = await WriteAsync(project, "a", Nothing, wasKept: false);
        var compiled = await WriteAsync(project, "a", One, wasKept: true);
        Assert.Contains("-- ä", compiled, StringComparison.Ordinal);
        Assert.NotEqual(plain, compiled);
        Assert.Equal(plain, await WriteAsync(project, "a", Nothing, wasKept: true));
        Assert.Equal(compiled, await WriteAsync(project, "a", One, wasKept: true));
        Assert.Equal(compiled, await WriteAsync(project, "a", One, wasKept: true));
    }

    [Fact]
    public async Task The_metadata_are_of_the_invocation_that_wrote_last()
    {
        await using var project = RichProject.Create();
        var first = await WriteAsync(project, "the-first", Nothing, wasKept: false);
        var second = await WriteAsync(project, "the-second-invocation", Nothing, wasKept: true);
        Assert.Equal(first.Replace("the-first", "the-second-invocation", StringComparison.Ordinal), second);
    }

    [Fact]
    public async Task A_manifest_that_somebody_changed_is_written_anew()
    {
        await using var project = RichProject.Create();
        var right = await WriteAsync(project, "a", Nothing, wasKept: false);
        var path = Path.Combine(KeptLoad.Folder(project), "manifest.json");
        await File.WriteAllTextAsync(path, right.Replace("Money in", "Honey in", StringComparison.Ordinal));
        Assert.Equal(right, await WriteAsync(project, "a", Nothing, wasKept: true));
    }

    [Fact]
    public async Task A_manifest_of_another_parse_is_not_copied()
    {
        await using var project = RichProject.Create();
        await WriteAsync(project, "a", Nothing, wasKept: false);
        project.Write("models/steps.sql", "select 1 as other_id");
        Assert.Contains("other_id", await WriteAsync(project, "a", Nothing, wasKept: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_of_edited_models_is_byte_for_byte_that_of_a_fresh_parse()
    {
        await using var project = RichProject.Create();
        await WriteAsync(project, "a", Nothing, wasKept: false);
        project.Write(
            "models/totals_v1.sql",
            "select {{ cents('amount') }} as total from {{ ref('orders') }} -- edited"
        );
        var edited = await WriteAsync(project, "a", Nothing, wasKept: true);
        Assert.Contains("-- edited", edited, StringComparison.Ordinal);
        Assert.Equal(edited, await WriteAsync(project, "a", Nothing, wasKept: true));
        File.Delete(Path.Combine(KeptLoad.Folder(project), "kept-manifest.bin"));
        Assert.Equal(edited, await WriteAsync(project, "a", Nothing, wasKept: true));
        File.Delete(KeptLoad.File(project));
        Assert.Equal(edited, await WriteAsync(project, "a", Nothing, wasKept: false));
    }

    private static async Task<string> WriteAsync(
        TestProject project,
        string invocation,
        IReadOnlyDictionary<string, string> compiled,
        bool wasKept
    )
    {
        var clock = new StoppedClock();
        var load = KeptLoad.Of(project, given: options => options with { InvocationId = invocation, Clock = clock });
        Assert.Equal(wasKept, load.WasKept);
        var folder = KeptLoad.Folder(project);
        await new ArtifactFolder(folder, load.Manifest, clock).WriteManifestAsync(compiled, CancellationToken.None);
        return await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"));
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }
}
