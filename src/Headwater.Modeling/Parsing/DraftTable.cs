using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;

namespace Headwater.Modeling.Parsing;

/// <summary>The drafts by name: reports repeated names and properties of nothing; knows which are disabled.</summary>
internal sealed class DraftTable
{
    private readonly Dictionary<string, List<NodeDraft>> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _disabled = new(StringComparer.Ordinal);

    public DraftTable(IReadOnlyList<NodeDraft> drafts, IEnumerable<NodePatch> patches, DiagnosticBag diagnostics)
    {
        var kept = new List<NodeDraft>();
        foreach (var draft in drafts)
        {
            if (!draft.Settled.Enabled)
            {
                _disabled.Add(draft.Name);
            }
            else if (draft.ResourceType == "test" || Add(draft, diagnostics))
            {
                kept.Add(draft);
            }
        }

        Enabled = kept;
        foreach (var patch in patches.Where(patch => patch.Kind is "model" or "seed"))
        {
            if (drafts.All(draft => draft.Patch != patch))
            {
                ReportUnused(patch, drafts, diagnostics);
            }
        }
    }

    public IReadOnlyList<NodeDraft> Enabled { get; }

    public IReadOnlyCollection<string> Names => _byName.Keys;

    public bool IsDisabled(string name) => _disabled.Contains(name);

    /// <summary>The node that <c>ref</c> means, as seen from a package.</summary>
    public NodeDraft? Find(string name, string? package, string from) =>
        !_byName.TryGetValue(name, out var found) ? null
        : package is not null ? found.Find(draft => draft.Package == package)
        : found.Find(draft => draft.Package == from) ?? found[0];

    private bool Add(NodeDraft draft, DiagnosticBag diagnostics)
    {
        if (!_byName.TryGetValue(draft.Name, out var found))
        {
            _byName[draft.Name] = [draft];
            return true;
        }

        diagnostics.Add(
            ModelingDiagnostics.DuplicateNode.At(draft.Location, draft.ResourceType, draft.Name, found[0].Location)
        );
        return false;
    }

    private static void ReportUnused(NodePatch patch, IReadOnlyList<NodeDraft> drafts, DiagnosticBag diagnostics)
    {
        var names = drafts
            .Where(draft => draft.ResourceType == patch.Kind)
            .Select(draft => draft.Name)
            .ToHashSet(StringComparer.Ordinal);
        diagnostics.Add(
            ModelingDiagnostics.UnknownPatch.At(patch.Name.Location, patch.Kind, patch.Name) with
            {
                Hint = NearestName.Hint(patch.Name.Text, names),
            }
        );
    }
}
