using System.Collections.Concurrent;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Kernel.Threading;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Parsing;

/// <summary>Names the relations of nodes by the project's naming macros, and reports two nodes of one name.</summary>
internal sealed class RelationNaming(ParsedProject project, DiagnosticBag diagnostics)
{
    /// <summary>The schema of stored failures, where a project says nothing else.</summary>
    public const string TestSchema = "dbt_test__audit";

    private const string SchemaMacro = "generate_schema_name";

    private readonly Dictionary<(string? Database, RelationName Name), NodeDraft> _relations = [];
    private readonly ConcurrentDictionary<string, string> _testSchemas = new(StringComparer.Ordinal);

    private readonly bool _isBuiltIn = !project.Macros.All.Any(macro =>
        !macro.IsBuiltIn
        && macro.Name.EndsWith("_name", StringComparison.Ordinal)
        && macro.Name.Contains("generate_", StringComparison.Ordinal)
    );

    private readonly Dictionary<NodeDraft, Naming> _names = new(ReferenceEqualityComparer.Instance);

    /// <summary>Names the relations of many drafts, on all cores.</summary>
    public void Prepare(IEnumerable<NodeDraft> drafts)
    {
        IReadOnlyList<NodeDraft> all = [.. drafts];
        foreach (var (draft, naming) in all.Zip(OnAllCores.Select(all, Named)))
        {
            _names[draft] = naming;
            ReportSame(draft, naming.Database, naming.Name);
        }
    }

    /// <summary>The relation of a draft, and its database where that is not the target's.</summary>
    public Naming Of(NodeDraft draft) => _names.TryGetValue(draft, out var name) ? name : Named(draft);

    private Naming Named(NodeDraft draft)
    {
        var config = draft.Settled;
        try
        {
            var isSnapshot = draft.ResourceType == "snapshot";
            var call = Calls(draft, config.Text("schema") ?? project.Schema, config.Text("alias"));
            var schema =
                (isSnapshot ? config.Text("target_schema") : null) ?? call.Invoke(SchemaMacro, config.Text("schema"));
            var database =
                (isSnapshot ? config.Text("target_database") : null)
                ?? call.Invoke("generate_database_name", config.Text("database"));
            var name = new RelationName(schema, call.Invoke("generate_alias_name", config.Text("alias")));
            return new Naming(name, project.OtherDatabase(database));
        }
        catch (DiagnosticException failure)
        {
            diagnostics.AddRange(failure.Diagnostics);
            return new Naming(new RelationName(project.Schema, draft.Name), null);
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
            var schema = _testSchemas.GetOrAdd(custom, _ => Calls(draft, custom, alias).Invoke(SchemaMacro, custom));
            return new RelationName(schema, alias);
        }
        catch (DiagnosticException failure)
        {
            diagnostics.AddRange(failure.Diagnostics);
            return new RelationName(project.Schema, alias);
        }
    }

    private NamingCalls Calls(NodeDraft draft, string schema, string? alias) =>
        new(project, draft, schema, alias, _isBuiltIn);

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

/// <summary>What the relation of a node is called.</summary>
/// <param name="Database">Null where it is the target's.</param>
internal sealed record Naming(RelationName Name, string? Database);
