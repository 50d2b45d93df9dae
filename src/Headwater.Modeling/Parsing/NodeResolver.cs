using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Parsing;

/// <summary>Turns drafts into nodes: resolves what they read, and names their relations by the project's naming macros.</summary>
internal sealed class NodeResolver(
    ParsedProject project,
    DraftTable drafts,
    IReadOnlyDictionary<string, SourceNode> sources,
    IReadOnlyList<NodeDraft> tests,
    DiagnosticBag diagnostics
)
{
    private readonly Dictionary<RelationName, NodeDraft> _relations = [];
    private readonly Dictionary<string, SourceNode> _sourcesByName = sources
        .Values.GroupBy(source => $"{source.SourceName}.{source.Name}", StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ManifestNode> Resolve()
    {
        var nodes = new Dictionary<string, ManifestNode>(StringComparer.Ordinal);
        foreach (var source in sources.Values)
        {
            nodes[source.UniqueId] = source;
        }

        foreach (var draft in drafts.Enabled.Concat(tests))
        {
            nodes.TryAdd(draft.UniqueId, NodeOf(draft));
        }

        return nodes;
    }

    private ManifestNode NodeOf(NodeDraft draft)
    {
        var depends = DependsOn(draft);
        return draft.ResourceType switch
        {
            "model" => new ModelNode
            {
                UniqueId = draft.UniqueId,
                Name = draft.Name,
                Package = draft.Package,
                Location = draft.Location,
                Path = draft.Path,
                Fqn = draft.Fqn,
                Description = draft.Patch?.Description,
                Columns = draft.Patch?.Columns ?? [],
                Config = Checked(draft),
                DependsOn = depends,
                Relation = RelationOf(draft),
                Template = draft.Template!,
                RawSql = draft.RawSql,
            },
            "seed" => new SeedNode
            {
                UniqueId = draft.UniqueId,
                Name = draft.Name,
                Package = draft.Package,
                Location = draft.Location,
                Path = draft.Path,
                Fqn = draft.Fqn,
                Description = draft.Patch?.Description,
                Columns = draft.Patch?.Columns ?? [],
                Config = draft.Settled,
                DependsOn = depends,
                Relation = RelationOf(draft),
                File = draft.File!,
            },
            _ => new TestNode
            {
                UniqueId = draft.UniqueId,
                Name = draft.Name,
                Package = draft.Package,
                Location = draft.Location,
                Path = draft.Path,
                Fqn = draft.Fqn,
                Config = CheckedTest(draft),
                DependsOn = depends,
                Template = draft.Template,
                Generic = draft.Generic,
            },
        };
    }

    private List<string> DependsOn(NodeDraft draft)
    {
        var ids = new List<string>();
        if (draft.Generic is { } generic)
        {
            ids.Add(generic.TargetId);
        }

        foreach (var call in draft.Refs)
        {
            var id = call.Source is null ? Ref(draft, call) : Source(draft, call);
            if (id is not null && !ids.Contains(id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private string? Ref(NodeDraft draft, RefCall call)
    {
        if (drafts.Find(call.Name, call.Package, draft.Package) is { } found)
        {
            return found.UniqueId;
        }

        var place = PlaceOf(draft, call);
        if (drafts.IsDisabled(call.Name))
        {
            diagnostics.Add(ModelingDiagnostics.DisabledRef.At(place, call.Name));
            return null;
        }

        var name = call.Package is null ? call.Name : $"{call.Package}.{call.Name}";
        diagnostics.Add(
            ModelingDiagnostics.UnknownRef.At(place, name) with
            {
                Hint = NearestName.Hint(call.Name, drafts.Names),
            }
        );
        return null;
    }

    private string? Source(NodeDraft draft, RefCall call)
    {
        var name = $"{call.Source}.{call.Name}";
        if (_sourcesByName.TryGetValue(name, out var source))
        {
            return source.UniqueId;
        }

        diagnostics.Add(
            ModelingDiagnostics.UnknownSource.At(PlaceOf(draft, call), name) with
            {
                Hint = NearestName.Hint(name, _sourcesByName.Keys),
            }
        );
        return null;
    }

    // A generic test's arguments are rendered apart from their file: its place is where the test is written.
    private static SourceLocation PlaceOf(NodeDraft draft, RefCall call) =>
        draft.Generic is not null || call.Location is null ? draft.Location : call.Location;

    private RelationName RelationOf(NodeDraft draft)
    {
        var target = project.Schema;
        try
        {
            var model = NodeModels.Of(
                draft,
                project.Catalog,
                draft.Settled.Text("schema") ?? target,
                draft.Settled.Text("alias")
            );
            var context = new RenderContext(
                project,
                new RefRecorder(draft, project),
                new RenderedNode(
                    draft.UniqueId,
                    draft.Name,
                    project.Folder.Name,
                    new ConfigObject(draft.Config, null),
                    null,
                    model
                ),
                null
            );
            var relation = new RelationName(
                Generated(context, "generate_schema_name", draft.Settled.Text("schema"), model),
                Generated(context, "generate_alias_name", draft.Settled.Text("alias"), model)
            );
            ReportSame(draft, relation);
            return relation;
        }
        catch (DiagnosticException failure)
        {
            diagnostics.AddRange(failure.Diagnostics);
            return new RelationName(target, draft.Name);
        }
    }

    private static string Generated(RenderContext context, string macro, string? custom, JinjaDict model)
    {
        var session = new JinjaSession(TemplateCache.Environment, Limits.Parsing, CancellationToken.None);
        return Text.Str(session.Invoke(context.FindMacro(macro, context.Node.Package)!, Arguments.Of(custom, model)))
            .Trim();
    }

    private void ReportSame(NodeDraft draft, RelationName relation)
    {
        if (draft.Settled.Materialized != "ephemeral" && !_relations.TryAdd(relation, draft))
        {
            diagnostics.Add(
                ModelingDiagnostics.SameRelation.At(draft.Location, draft.Name, relation, _relations[relation].Name)
            );
        }
    }

    private NodeConfig Checked(NodeDraft draft)
    {
        var config = draft.Settled;
        Accept(draft, "materialized", config.Materialized, [.. MaterializationTable.Names]);
        if (config.Text("on_schema_change") is { } change)
        {
            Accept(draft, "on_schema_change", change, SchemaChangeModes.Names);
        }

        if (config.Text("incremental_strategy") is { } strategy)
        {
            Accept(draft, "incremental_strategy", strategy, IncrementalMaterialization.Strategies);
        }

        return config;
    }

    private NodeConfig CheckedTest(NodeDraft draft)
    {
        Accept(draft, "severity", draft.Settled.Severity, ["error", "warn"]);
        return draft.Settled;
    }

    private void Accept(NodeDraft draft, string key, string value, IReadOnlyList<string> accepted)
    {
        if (!accepted.Contains(value, StringComparer.Ordinal))
        {
            diagnostics.Add(ModelingDiagnostics.BadConfig.At(draft.Location, key, value, string.Join(", ", accepted)));
        }
    }
}
