using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;

namespace Headwater.Modeling.Parsing;

/// <summary>The drafts by name: reports repeated names and properties of nothing; knows which are disabled.</summary>
internal sealed class DraftTable
{
    private readonly Dictionary<string, List<NodeDraft>> _byName = new(StringComparer.Ordinal);
    private readonly string _rootPackage;
    private readonly HashSet<string> _disabled = new(StringComparer.Ordinal);

    public DraftTable(
        string rootPackage,
        IReadOnlyList<NodeDraft> drafts,
        IEnumerable<NodePatch> patches,
        DiagnosticBag diagnostics
    )
    {
        _rootPackage = rootPackage;
        var kept = new List<NodeDraft>();
        var disabled = new List<NodeDraft>();
        foreach (var draft in drafts)
        {
            if (!draft.Settled.Enabled)
            {
                _disabled.Add(draft.Name);
                disabled.Add(draft);
            }
            else if (draft.ResourceType is "test" or "analysis" || Add(draft, diagnostics))
            {
                kept.Add(draft);
            }
        }

        Enabled = kept;
        Disabled = disabled;
        var used = drafts
            .Select(draft => draft.Patch)
            .OfType<NodePatch>()
            .ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var patch in patches.Where(patch => patch.Kind is "model" or "seed" or "snapshot"))
        {
            // A name that could not be read has been reported as that.
            if (patch.FileName.Length > 0 && !used.Contains(patch))
            {
                ReportUnused(patch, drafts, diagnostics);
            }
        }
    }

    public IReadOnlyList<NodeDraft> Enabled { get; }

    public IReadOnlyList<NodeDraft> Disabled { get; }

    public IReadOnlyCollection<string> Names => _byName.Keys;

    public bool IsDisabled(string name) => _disabled.Contains(name);

    /// <summary>
    /// The node that <c>ref</c> means, as seen from a package; without a version the latest. A name without a package is looked for in
    /// the package itself, else in the project, else in all others, where it must be the only one.
    /// </summary>
    /// <returns>None for an unknown name, several for one that could mean either.</returns>
    public IReadOnlyList<NodeDraft> Find(string name, string? package, string? version, string from)
    {
        if (!_byName.TryGetValue(name, out var found))
        {
            return [];
        }

        var fitting = found.FindAll(draft =>
            (package is null || draft.Package == package)
            && (version is null ? draft.Version is null or { IsLatest: true } : draft.Version?.Number == version)
        );
        return
            fitting.Count > 1
            && (fitting.Find(draft => draft.Package == from) ?? fitting.Find(draft => draft.Package == _rootPackage))
                is { } near
            ? [near]
            : fitting;
    }

    /// <summary>Where a node's text reads another, or null if it does not say so itself.</summary>
    public SourceLocation? PlaceOfRead(string readerId, string readId)
    {
        var reader = Enabled.FirstOrDefault(draft => draft.UniqueId == readerId);
        return reader
            ?.Refs.Find(call =>
                call.Source is null
                && Find(call.Name, call.Package, call.Version, reader.Package) is [var single]
                && single.UniqueId == readId
            )
            ?.Location;
    }

    private bool Add(NodeDraft draft, DiagnosticBag diagnostics)
    {
        if (!_byName.TryGetValue(draft.Name, out var found))
        {
            _byName[draft.Name] = [draft];
            return true;
        }

        // Packages may have nodes of one name; models, seeds and snapshots of one package may not, versions of one model aside.
        if (
            found.Find(other =>
                other.Package == draft.Package
                && (other.UniqueId == draft.UniqueId || other.Version is null || draft.Version is null)
            )
            is not { } taken
        )
        {
            found.Add(draft);
            return true;
        }

        diagnostics.Add(
            ModelingDiagnostics.DuplicateNode.At(
                draft.Location.OrStart(),
                draft.ResourceType,
                draft.Name,
                taken.Location
            )
        );
        return false;
    }

    private static void ReportUnused(NodePatch patch, IReadOnlyList<NodeDraft> drafts, DiagnosticBag diagnostics)
    {
        var names = drafts
            .Where(draft => draft.ResourceType == patch.Kind)
            .Select(draft => draft.Name)
            .ToHashSet(StringComparer.Ordinal);
        var first = drafts
            .Where(draft => draft.ResourceType == patch.Kind && draft.Package == patch.Package)
            .Select(draft => draft.Patch)
            .FirstOrDefault(other => other?.FileName == patch.FileName);
        if (first is not null)
        {
            diagnostics.Add(
                ModelingDiagnostics.PropertiesTwice.At(
                    patch.Name.Location,
                    patch.Kind,
                    patch.FileName,
                    first.Name.Location
                )
            );
            return;
        }

        diagnostics.Add(
            ModelingDiagnostics.UnknownPatch.At(patch.Name.Location, patch.Kind, patch.FileName) with
            {
                Hint = NearestName.Hint(patch.FileName, names),
            }
        );
    }
}
