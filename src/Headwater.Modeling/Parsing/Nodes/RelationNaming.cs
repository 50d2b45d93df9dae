using System.Collections.Concurrent;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Parsing;

/// <summary>Names the relations of nodes by the project's naming macros, and reports two nodes of one name.</summary>
internal sealed class RelationNaming(ParsedProject project, DiagnosticBag diagnostics)
{
    /// <summary>The schema of stored failures, where a project says nothing else.</summary>
    private const string TestSchema = "dbt_test__audit";

    private readonly Dictionary<(string? Database, RelationName Name), NodeDraft> _relations = [];
    private readonly ConcurrentDictionary<string, string> _testSchemas = new(StringComparer.Ordinal);

    private readonly Dictionary<NodeDraft, (RelationName Name, string? Database)> _names = new(
        ReferenceEqualityComparer.Instance
    );

    /// <summary>Names the relations of many drafts, on all cores.</summary>
    public void Prepare(IEnumerable<NodeDraft> drafts)
    {
        foreach (var (draft, name) in drafts.AsParallel().AsOrdered().Select(draft => (draft, Named(draft))))
        {
            _names[draft] = name;
            ReportSame(draft, name.Database, name.Name);
        }
    }

    /// <summary>The relation of a draft, and its database where that is not the target's.</summary>
    public (RelationName Name, string? Database) Of(NodeDraft draft) =>
        _names.TryGetValue(draft, out var name) ? name : Named(draft);

    private (RelationName Name, string? Database) Named(NodeDraft draft)
    {
        var config = draft.Settled;
        try
        {
            var model = NodeModels.Of(
                draft,
                project.Catalog,
                config.Text("schema") ?? project.Schema,
                config.Text("alias")
            );
            var context = Context(draft, model);
            var isSnapshot = draft.ResourceType == "snapshot";
            var schema =
                (isSnapshot ? config.Text("target_schema") : null)
                ?? Generated(context, "generate_schema_name", config.Text("schema"), model);
            var database =
                (isSnapshot ? config.Text("target_database") : null)
                ?? Generated(context, "generate_database_name", config.Text("database"), model);
            var name = new RelationName(schema, Generated(context, "generate_alias_name", config.Text("alias"), model));
            return (name, project.OtherDatabase(database));
        }
        catch (DiagnosticException failure)
        {
            diagnostics.AddRange(failure.Diagnostics);
            return (new RelationName(project.Schema, draft.Name), null);
        }
    }

    /// <summary>Where the failing rows of a test are kept.</summary>
    public RelationName OfTest(NodeDraft draft)
    {
        var custom = draft.Settled.Text("schema") ?? TestSchema;
        var alias = draft.Settled.Text("alias") ?? draft.Name;
        try
        {
            // One answer for all tests: the macro sees the node, but names of tests never depend on one.
            var schema = _testSchemas.GetOrAdd(
                custom,
                _ =>
                {
                    var model = NodeModels.Of(draft, project.Catalog, custom, alias);
                    return Generated(Context(draft, model), "generate_schema_name", custom, model);
                }
            );
            return new RelationName(schema, alias);
        }
        catch (DiagnosticException failure)
        {
            diagnostics.AddRange(failure.Diagnostics);
            return new RelationName(project.Schema, alias);
        }
    }

    private RenderContext Context(NodeDraft draft, JinjaDict model) =>
        new(
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

    private static string Generated(RenderContext context, string macro, string? custom, JinjaDict model)
    {
        var session = new JinjaSession(TemplateCache.Environment, Limits.Parsing, CancellationToken.None);
        return Text.Str(session.Invoke(context.FindMacro(macro, context.Node.Package)!, Arguments.Of(custom, model)))
            .Trim();
    }

    private void ReportSame(NodeDraft draft, string? database, RelationName relation)
    {
        if (draft.Settled.Materialized != "ephemeral" && !_relations.TryAdd((database, relation), draft))
        {
            diagnostics.Add(
                ModelingDiagnostics.SameRelation.At(
                    draft.Location,
                    draft.Name,
                    relation,
                    _relations[(database, relation)].Name
                )
            );
        }
    }
}
