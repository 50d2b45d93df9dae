using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Parsing;

/// <summary>The generic tests of all nodes. A test written twice is one.</summary>
internal sealed class TestCollector(
    ParsedProject project,
    DraftFactory drafts,
    SqlParser sql,
    DiagnosticBag diagnostics
)
{
    public IReadOnlyList<NodeDraft> Collect(
        DraftTable nodes,
        IReadOnlyDictionary<string, SourceNode> sources,
        IReadOnlyList<SourceEntry> entries
    )
    {
        var parser = new GenericTestParser(project, drafts, sql, diagnostics);
        var tests = new Dictionary<string, NodeDraft>(StringComparer.Ordinal);
        foreach (var node in nodes.Enabled)
        {
            foreach (var entry in node.Patch?.Tests ?? [])
            {
                Add(parser.Read(entry, new TestTarget(node.UniqueId, node.Name, node.Version?.Number, null)));
            }
        }

        foreach (var source in sources.Values)
        {
            var table = entries.FirstOrDefault(entry =>
                entry.Source.Text == source.SourceName
                && entry.Table.Name.Text == source.Name
                && (entry.Table.Package == source.Package || !entries.Any(other => IsSame(other, source)))
            );
            foreach (var entry in table?.Table.Tests ?? [])
            {
                Add(parser.Read(entry, new TestTarget(source.UniqueId, source.Name, null, source.SourceName)));
            }
        }

        return [.. tests.Values];

        static bool IsSame(SourceEntry entry, SourceNode source) =>
            entry.Source.Text == source.SourceName
            && entry.Table.Name.Text == source.Name
            && entry.Table.Package == source.Package;

        void Add(NodeDraft? test)
        {
            if (test is not null && test.Settled.Enabled)
            {
                tests.TryAdd(test.UniqueId, test);
            }
        }
    }
}
