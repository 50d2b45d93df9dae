using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Tests.Keeping;

public sealed class RoundTripTests
{
    [Fact]
    public async Task A_kept_parse_gives_back_every_property_of_every_kind_of_node()
    {
        await using var project = RichProject.Create();
        var parsed = KeptLoad.Of(project);
        var kept = KeptLoad.Of(project);
        Assert.False(parsed.WasKept);
        Assert.True(kept.WasKept, string.Join('\n', parsed.Diagnostics));
        var kinds = typeof(ManifestNode)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ManifestNode)) && !type.IsAbstract);
        Assert.Empty(kinds.Except(parsed.Manifest.Nodes.Values.Select(node => node.GetType())));

        var walk = new ObjectWalk();
        var (before, after) = (parsed.Manifest, kept.Manifest);
        Assert.Equal(before.Nodes.Keys, after.Nodes.Keys);
        walk.AssertEqual(before.Nodes.Values, after.Nodes.Values, "nodes");
        walk.AssertEqual(before.Disabled, after.Disabled, "disabled");
        walk.AssertEqual(before.Groups, after.Groups, "groups");
        walk.AssertEqual(before.Selectors, after.Selectors, "selectors");
        walk.AssertEqual(before.MacroProperties, after.MacroProperties, "macro properties");
        walk.AssertEqual(before.Docs, after.Docs, "docs");
        walk.AssertEqual(before.RunStart, after.RunStart, "on-run-start");
        walk.AssertEqual(before.RunEnd, after.RunEnd, "on-run-end");
        walk.AssertEqual(before.QueryComment, after.QueryComment, "query comment");
        walk.AssertEqual(parsed.Diagnostics, kept.Diagnostics, "diagnostics");
        walk.AssertEqual(before.Parsed.Target, after.Parsed.Target, "target");
        // A field that the project says nothing of could be forgotten without a sign.
        Assert.Empty(walk.NeverSaid);
    }

    [Fact]
    public async Task Macros_of_a_kept_parse_are_those_of_the_files()
    {
        await using var project = RichProject.Create();
        var parsed = KeptLoad.Of(project).Manifest.Parsed.Macros.All.ToList();
        var kept = KeptLoad.Of(project).Manifest.Parsed.Macros.All.ToList();
        Assert.Equal(parsed.Count, kept.Count);
        foreach (var (before, after) in parsed.Zip(kept))
        {
            Assert.Equal(
                (before.UniqueId, before.IsBuiltIn, before.Location, before.Definition.Written),
                (after.UniqueId, after.IsBuiltIn, after.Location, after.Definition.Written)
            );
        }
    }

    [Fact]
    public async Task Nodes_of_a_kept_parse_compile_to_the_same_text()
    {
        await using var project = RichProject.Create();
        var parsed = await CompileAsync(project, KeptLoad.Of(project));
        var kept = await CompileAsync(project, KeptLoad.Of(project));
        Assert.NotEmpty(parsed);
        Assert.Equal(parsed, kept);
    }

    private static async Task<IReadOnlyDictionary<string, string>> CompileAsync(TestProject project, KeptLoad load)
    {
        var inspector = new ModelInspector(project.Host, load.Manifest, TimeProvider.System);
        return await inspector.CompileAsync(
            load.Manifest.Nodes.Values,
            new Headwater.Kernel.Diagnostics.DiagnosticBag(),
            CancellationToken.None
        );
    }
}
