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
                Add(parser.Read(entry, node.UniqueId, node.Name, isSource: false, entry.Location.File));
            }
        }

        foreach (var source in sources.Values)
        {
            var table = entries.FirstOrDefault(entry =>
                entry.Source.Text == source.SourceName && entry.Table.Name.Text == source.Name
            );
            foreach (var entry in table?.Table.Tests ?? [])
            {
                Add(
                    parser.Read(
                        entry,
                        source.UniqueId,
                        $"{source.SourceName}_{source.Name}",
                        isSource: true,
                        entry.Location.File
                    )
                );
            }
        }

        return [.. tests.Values];

        void Add(NodeDraft? test)
        {
            if (test is not null && test.Settled.Enabled)
            {
                tests.TryAdd(test.UniqueId, test);
            }
        }
    }
}
