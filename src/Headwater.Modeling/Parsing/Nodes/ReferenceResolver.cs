using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>Finds the nodes that drafts read, and reports what is not there, disabled, or not theirs to read.</summary>
internal sealed class ReferenceResolver(
    ParsedProject project,
    DraftTable drafts,
    IEnumerable<SourceNode> sources,
    DiagnosticBag diagnostics
)
{
    private readonly Dictionary<string, SourceNode> _sources = sources
        .GroupBy(source => $"{source.SourceName}.{source.Name}", StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>Unique ids of what a draft reads, each once.</summary>
    public List<string> DependsOn(NodeDraft draft)
    {
        var ids = new List<string>();
        if (draft.Generic is { } generic)
        {
            ids.Add(generic.TargetId);
        }

        foreach (var call in draft.Refs)
        {
            if (Resolve(draft, call) is { } id && !ids.Contains(id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    public string? Resolve(NodeDraft draft, RefCall call) =>
        call.Source is null ? Ref(draft, call) : Source(draft, call);

    /// <summary>Who may read a model, as its config says.</summary>
    public static ModelAccess AccessOf(NodeDraft draft) =>
        draft.Settled.Text("access") switch
        {
            "private" => ModelAccess.Private,
            "public" => ModelAccess.Public,
            _ => ModelAccess.Protected,
        };

    private string? Ref(NodeDraft draft, RefCall call)
    {
        var place = PlaceOf(draft, call);
        switch (drafts.Find(call.Name, call.Package, call.Version, draft.Package))
        {
            case []:
                break;
            case [var found]:
                CheckAccess(draft, found, place);
                return found.UniqueId;
            case var several:
                diagnostics.Add(
                    ModelingDiagnostics.AmbiguousRef.At(
                        place,
                        call.Name,
                        string.Join(", ", several.Select(other => other.Package).Order(StringComparer.Ordinal))
                    ) with
                    {
                        Hint = $"name the package: ref('{several[0].Package}', '{call.Name}')",
                    }
                );
                return null;
        }

        if (drafts.IsDisabled(call.Name))
        {
            diagnostics.Add(ModelingDiagnostics.DisabledRef.At(place, call.Name));
            return null;
        }

        var name = call.Package is null ? call.Name : $"{call.Package}.{call.Name}";
        diagnostics.Add(
            ModelingDiagnostics.UnknownRef.At(
                place,
                call.Version is null ? name : $"{name} (version {call.Version})"
            ) with
            {
                Hint = NearestName.Hint(call.Name, drafts.Names),
            }
        );
        return null;
    }

    private void CheckAccess(NodeDraft reader, NodeDraft read, SourceLocation place)
    {
        var access = AccessOf(read);
        var group = read.Settled.Text("group");
        // Tests stand where their model stands; analyses publish nothing.
        if (reader.ResourceType is "test" or "analysis")
        {
            return;
        }

        if (access == ModelAccess.Private && reader.Settled.Text("group") != group)
        {
            diagnostics.Add(ModelingDiagnostics.PrivateRef.At(place, read.Name, group ?? ""));
        }
        else if (access == ModelAccess.Protected && reader.Package != read.Package && Restricts(read.Package))
        {
            diagnostics.Add(ModelingDiagnostics.ProtectedRef.At(place, read.Name, read.Package));
        }
    }

    private bool Restricts(string package) =>
        project.Folder.Packages.FirstOrDefault(item => item.Name == package)?.File["restrict-access"]
            is YamlScalar { AsBoolean: true };

    private string? Source(NodeDraft draft, RefCall call)
    {
        var name = $"{call.Source}.{call.Name}";
        if (_sources.TryGetValue(name, out var source))
        {
            return source.UniqueId;
        }

        diagnostics.Add(
            ModelingDiagnostics.UnknownSource.At(PlaceOf(draft, call), name) with
            {
                Hint = NearestName.Hint(name, _sources.Keys),
            }
        );
        return null;
    }

    // A generic test's arguments are rendered apart from their file: its place is where the test is written.
    private static SourceLocation PlaceOf(NodeDraft draft, RefCall call) =>
        draft.Generic is not null || call.Location is null ? draft.Location : call.Location;
}
