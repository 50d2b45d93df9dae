using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Threading;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Parsing;

/// <summary>The generic tests of all nodes. A test written twice is one.</summary>
internal sealed class TestCollector(ParsedProject project, DraftFactory drafts, DiagnosticBag diagnostics)
{
    public IReadOnlyList<NodeDraft> Collect(
        DraftTable nodes,
        IReadOnlyDictionary<string, SourceNode> sources,
        IReadOnlyList<SourceEntry> entries
    )
    {
        var written = nodes
            .Enabled.SelectMany(node =>
                (node.Patch?.Tests ?? []).Select(entry => new WrittenTest(
                    entry,
                    new TestTarget(node.UniqueId, node.Name, node.Version?.Number, null)
                ))
            )
            .Concat(sources.Values.SelectMany(source => OfSource(source, entries)))
            .ToList();
        var parser = new GenericTestParser(project, drafts, diagnostics);
        var tests = new Dictionary<string, NodeDraft>(StringComparer.Ordinal);
        foreach (var test in OnAllCores.Select(written, test => parser.Read(test.Entry, test.Target)))
        {
            if (test is not null && test.Settled.Enabled)
            {
                tests.TryAdd(test.UniqueId, test);
            }
        }

        return [.. tests.Values];
    }

    private static IEnumerable<WrittenTest> OfSource(SourceNode source, IReadOnlyList<SourceEntry> entries)
    {
        var same = entries.Where(entry =>
            entry.Source.Text == source.SourceName && entry.Table.Name.Text == source.Name
        );
        var table = same.OrderBy(entry => entry.Table.Package == source.Package ? 0 : 1).FirstOrDefault();
        return (table?.Table.Tests ?? []).Select(entry => new WrittenTest(
            entry,
            new TestTarget(source.UniqueId, source.Name, null, source.SourceName)
        ));
    }

    private sealed record WrittenTest(TestEntry Entry, TestTarget Target);
}
