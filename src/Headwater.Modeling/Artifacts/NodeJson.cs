using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Rendering;
using Headwater.Modeling.Selection;

namespace Headwater.Modeling.Artifacts;

/// <summary>One node in <c>manifest.json</c>. The schema allows no field that it does not name, so each kind writes just its own.</summary>
internal sealed class NodeJson(Manifest manifest, IReadOnlyDictionary<string, string> compiled)
{
    private readonly MacroUse _macros = new(manifest.Parsed.Macros);

    public void Write(Utf8JsonWriter json, ManifestNode node)
    {
        json.WriteString("name", node.Name);
        json.WriteString("resource_type", node.ResourceType);
        json.WriteString("package_name", node.Package);
        json.WriteString("path", Path(node));
        json.WriteString("original_file_path", node.Path);
        json.WriteString("unique_id", node.UniqueId);
        json.WriteTexts("fqn", node.Fqn);
        switch (node)
        {
            case SourceNode source:
                Source(json, source);
                break;
            case ExposureNode exposure:
                Exposure(json, exposure);
                break;
            case UnitTestNode test:
                UnitTest(json, test);
                break;
            default:
                Compiled(json, node);
                break;
        }
    }

    public static void Owner(Utf8JsonWriter json, NodeOwner owner)
    {
        json.WriteStartObject("owner");
        json.WriteString("email", owner.Email);
        json.WriteString("name", owner.Name);
        json.WriteEndObject();
    }

    // Below the folder of its kind; generic tests are files that nobody wrote.
    private static string Path(ManifestNode node) =>
        node switch
        {
            TestNode { Generic: not null } => node.Name + ".sql",
            SourceNode or ExposureNode or UnitTestNode => node.Path,
            _ => node.Path[(node.Path.IndexOf('/', StringComparison.Ordinal) + 1)..],
        };

    private void Compiled(Utf8JsonWriter json, ManifestNode node)
    {
        var relation = (node as RelationNode)?.Relation ?? (node as TestNode)?.FailureRelation;
        json.WriteString("database", (node as RelationNode)?.Database ?? manifest.Parsed.Catalog);
        json.WriteString("schema", relation?.Schema ?? manifest.Parsed.Schema);
        json.WriteString("alias", relation?.Name ?? node.Name);
        Checksum(json, node);
        Common(json, node);
        json.WriteString("relation_name", RelationName(node));
        json.WriteString("raw_code", RawCode(node));
        if (node is not SeedNode)
        {
            json.WriteString("language", "sql");
            References(json, node);
            json.WriteEmptyList("metrics");
            DependsOn(json, node);
            CompiledCode(json, node);
        }
        else
        {
            json.WriteStartObject("depends_on");
            json.WriteEmptyList("macros");
            json.WriteEndObject();
        }

        switch (node)
        {
            case ModelNode model:
                json.WriteString("access", model.Access.ToString().ToLowerInvariant());
                json.WriteEmptyList("constraints");
                json.WriteString("version", model.Version?.Number);
                json.WriteString("latest_version", model.Version?.Latest);
                break;
            case TestNode { Generic: { } generic }:
                json.WriteString("column_name", generic.ColumnName);
                json.WriteString("attached_node", generic.TargetId);
                json.WriteStartObject("test_metadata");
                json.WriteString("name", generic.TestName);
                json.Write("kwargs", generic.Arguments);
                json.WriteString("namespace", generic.MacroPackage);
                json.WriteEndObject();
                break;
        }
    }

    private void CompiledCode(Utf8JsonWriter json, ManifestNode node)
    {
        var hasCode = compiled.TryGetValue(node.UniqueId, out var code);
        json.WriteBoolean("compiled", hasCode);
        if (hasCode)
        {
            json.WriteString("compiled_path", "target/compiled/" + ArtifactFolder.CompiledPath(node));
            json.WriteString("compiled_code", code);
        }

        json.WriteBoolean("extra_ctes_injected", hasCode);
        json.WriteEmptyList("extra_ctes");
        json.WriteStartObject("contract");
        json.WriteBoolean("enforced", node is ModelNode { HasContract: true });
        json.WriteBoolean("alias_types", true);
        json.WriteNull("checksum");
        json.WriteEndObject();
    }

    private static void Common(Utf8JsonWriter json, ManifestNode node)
    {
        json.Write("config", node.Config.Values);
        json.WriteTexts("tags", node.Tags);
        json.WriteString("description", node.Description ?? "");
        Columns(json, node);
        json.Write("meta", node.Meta);
        json.WriteString("group", node.Group);
    }

    private static void Columns(Utf8JsonWriter json, ManifestNode node)
    {
        json.WriteStartObject("columns");
        foreach (var column in node.Columns.DistinctBy(column => column.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject(column.Name);
            json.WriteString("name", column.Name);
            json.WriteString("description", column.Description ?? "");
            json.Write("meta", column.Meta);
            json.WriteString("data_type", column.DataType);
            json.Write("quote", column.Quote);
            json.WriteTexts("tags", column.Tags);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Source(Utf8JsonWriter json, SourceNode source)
    {
        json.WriteString("database", source.Database ?? manifest.Parsed.Catalog);
        json.WriteString("schema", source.Relation.Schema);
        json.WriteString("source_name", source.SourceName);
        json.WriteString("source_description", "");
        json.WriteString("loader", source.Loader ?? "");
        json.WriteString("identifier", source.Relation.Name);
        json.WriteString("loaded_at_field", source.LoadedAtField);
        if (source.Freshness is { } freshness)
        {
            json.WriteStartObject("freshness");
            Age(json, "warn_after", freshness.WarnAfter);
            Age(json, "error_after", freshness.ErrorAfter);
            json.WriteString("filter", freshness.Filter);
            json.WriteEndObject();
        }

        json.WriteString("description", source.Description ?? "");
        Columns(json, source);
        json.Write("meta", source.Meta);
        json.WriteTexts("tags", source.Tags);
        json.WriteStartObject("config");
        json.WriteBoolean("enabled", source.Config.Enabled);
        json.WriteEndObject();
        json.WriteString("relation_name", RelationName(source));
    }

    public static void Age(Utf8JsonWriter json, string name, FreshnessAge? age)
    {
        json.WriteStartObject(name);
        if (age is not null)
        {
            json.WriteNumber("count", age.Count);
            json.WriteString("period", age.Period);
        }

        json.WriteEndObject();
    }

    private void Exposure(Utf8JsonWriter json, ExposureNode exposure)
    {
        json.WriteString("type", exposure.Kind);
        Owner(json, exposure.Owner);
        json.WriteString("description", exposure.Description ?? "");
        json.WriteString("label", exposure.Label);
        json.WriteString("maturity", exposure.Maturity);
        json.Write("meta", exposure.Meta);
        json.WriteTexts("tags", exposure.Tags);
        json.WriteString("url", exposure.Url);
        json.WriteStartObject("config");
        json.WriteBoolean("enabled", exposure.Config.Enabled);
        json.WriteEndObject();
        DependsOn(json, exposure);
        References(json, exposure);
        json.WriteEmptyList("metrics");
    }

    private void UnitTest(Utf8JsonWriter json, UnitTestNode test)
    {
        json.WriteString("model", manifest.Nodes[test.ModelId].Name);
        json.WriteStartArray("given");
        foreach (var given in test.Given)
        {
            json.WriteStartObject();
            json.WriteString("input", InputOf(given));
            Rows(json, given.Rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("expect");
        Rows(json, test.Expect);
        json.WriteEndObject();
        json.WriteString("description", test.Description ?? "");
        json.WriteStartObject("overrides");
        json.Write("macros", test.MacroOverrides);
        json.Write("vars", test.VariableOverrides);
        json.Write("env_vars", test.EnvironmentOverrides);
        json.WriteEndObject();
        DependsOn(json, test);
        json.WriteStartObject("config");
        json.WriteTexts("tags", test.Tags);
        json.Write("meta", test.Meta);
        json.WriteEndObject();
    }

    private string InputOf(UnitTestInput input) =>
        input.NodeId is null ? "this"
        : manifest.Nodes[input.NodeId] is SourceNode source ? $"source('{source.SourceName}', '{source.Name}')"
        : $"ref('{manifest.Nodes[input.NodeId].Name}')";

    private static void Rows(Utf8JsonWriter json, UnitTestRows rows)
    {
        if (rows is UnitTestQuery query)
        {
            json.WriteString("rows", query.Sql);
            json.WriteString("format", "sql");
            return;
        }

        json.Write("rows", new JinjaList(((UnitTestTable)rows).Rows));
        json.WriteString("format", "dict");
    }

    private void References(Utf8JsonWriter json, ManifestNode node)
    {
        var parents = node.DependsOn.Select(id => manifest.Nodes.GetValueOrDefault(id)).OfType<ManifestNode>().ToList();
        json.WriteStartArray("refs");
        foreach (var parent in parents.Where(parent => parent is RelationNode and not SourceNode))
        {
            json.WriteStartObject();
            json.WriteString("name", parent.Name);
            json.WriteString("package", parent.Package == node.Package ? null : parent.Package);
            json.WriteString("version", (parent as ModelNode)?.Version?.Number);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("sources");
        foreach (var source in parents.OfType<SourceNode>())
        {
            json.WriteStartArray();
            json.WriteStringValue(source.SourceName);
            json.WriteStringValue(source.Name);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private void DependsOn(Utf8JsonWriter json, ManifestNode node)
    {
        json.WriteStartObject("depends_on");
        json.WriteTexts(
            "macros",
            _macros.Of(node).Where(macro => !macro.IsBuiltIn).Select(macro => $"macro.{macro.Package}.{macro.Name}")
        );
        json.WriteTexts("nodes", node.DependsOn);
        json.WriteEndObject();
    }

    private string? RelationName(ManifestNode node) =>
        node is RelationNode relation and not ModelNode { IsEphemeral: true }
            ? RelationObject.Of(relation, manifest.Parsed.Catalog, manifest.Parsed.Dialect).ToString()
            : null;

    private static string RawCode(ManifestNode node) =>
        node switch
        {
            ModelNode model => model.RawSql,
            SnapshotNode snapshot => snapshot.RawSql,
            AnalysisNode analysis => analysis.RawSql,
            TestNode { Generic: { } generic } => "{{ test_" + generic.TestName + "(**_dbt_generic_test_kwargs) }}",
            TestNode test => test.RawSql,
            _ => "",
        };

    private static void Checksum(Utf8JsonWriter json, ManifestNode node)
    {
        var isHashed = node is not TestNode { Generic: not null };
        json.WriteStartObject("checksum");
        json.WriteString("name", isHashed ? "sha256" : "none");
        json.WriteString("checksum", isHashed ? Hash(node) : "");
        json.WriteEndObject();
    }

    // As dbt counts it: of the text without the blanks around it.
    private static string Hash(ManifestNode node) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes((node is SeedNode seed ? File.ReadAllText(seed.File) : RawCode(node)).Trim())
            )
        );
}
