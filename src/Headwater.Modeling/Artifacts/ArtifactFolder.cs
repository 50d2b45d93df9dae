using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headwater.Jinja.Values;
using Headwater.Modeling.Artifacts.Splicing;
using Headwater.Modeling.Building;
using Headwater.Modeling.Freshness;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;
using Headwater.Sql.Lineage;

namespace Headwater.Modeling.Artifacts;

/// <summary>
/// Writes what dbt writes below <c>target/</c>, in the shapes of its published schemas (manifest v12, run-results v6, catalog v1, sources
/// v3), so that tools that read dbt's files read these. A file is replaced whole or not at all.
/// </summary>
/// <param name="folder">Where to; made if absent.</param>
/// <param name="manifest">The project.</param>
/// <param name="clock">For the times in the files.</param>
public sealed class ArtifactFolder(string folder, Manifest manifest, TimeProvider clock)
{
    internal const string ManifestName = "manifest.json";

    internal static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes <c>manifest.json</c>. Of a kept parse that was written before, only what this command changes is made anew.</summary>
    /// <param name="compiled">Compiled SQL by unique id, as far as there is any.</param>
    public async Task WriteManifestAsync(
        IReadOnlyDictionary<string, string> compiled,
        CancellationToken cancellationToken
    )
    {
        ManifestMap? map = null;
        await ReplaceAsync(
            ManifestName,
            async stream =>
            {
                if (manifest.KeptAs.IsEmpty)
                {
                    await WriteAsync(stream, new ManifestJson(manifest, compiled, this).Write, cancellationToken);
                    return;
                }

                map =
                    await new ManifestSplicer(folder, manifest, compiled, this).WriteAsync(stream, cancellationToken)
                    ?? await WriteMappedAsync(stream, compiled, cancellationToken);
            }
        );
        map?.Write(folder);
    }

    /// <summary>Writes <c>run_results.json</c>.</summary>
    /// <param name="command">The command, such as <c>build</c>.</param>
    public Task WriteRunResultsAsync(BuildResult result, string command, CancellationToken cancellationToken) =>
        WriteAsync(
            "run_results.json",
            json => new RunResultsJson(manifest, this).Write(json, result, command),
            cancellationToken
        );

    /// <summary>Writes <c>catalog.json</c>.</summary>
    public Task WriteCatalogAsync(IReadOnlyList<CatalogEntry> entries, CancellationToken cancellationToken) =>
        WriteAsync("catalog.json", json => CatalogJson.Write(json, entries, this), cancellationToken);

    /// <summary>Writes <c>lineage.json</c>: for each relation, by unique id, where its columns come from. dbt has no such file.</summary>
    public Task WriteLineageAsync(IReadOnlyList<RelationLineage> lineages, CancellationToken cancellationToken) =>
        WriteAsync(
            "lineage.json",
            json =>
            {
                json.WriteStartObject("metadata");
                json.WriteNumber("version", 1);
                json.WriteString("generated_at", Instant(clock.GetUtcNow()));
                json.WriteString("invocation_id", manifest.Parsed.InvocationId);
                json.WriteEndObject();
                json.WriteStartObject("relations");
                foreach (var lineage in lineages.OrderBy(item => item.Node, StringComparer.Ordinal))
                {
                    json.WritePropertyName(lineage.Node);
                    LineageJson.Write(json, lineage);
                }

                json.WriteEndObject();
            },
            cancellationToken
        );

    /// <summary>Writes <c>sources.json</c>.</summary>
    public Task WriteSourcesAsync(
        IReadOnlyList<FreshnessResult> results,
        TimeSpan elapsed,
        CancellationToken cancellationToken
    ) => WriteAsync("sources.json", json => SourcesJson.Write(json, results, elapsed, this), cancellationToken);

    /// <summary>Writes the compiled SQL of nodes below <c>compiled/</c>, by package and path.</summary>
    public async Task WriteCompiledAsync(
        IReadOnlyDictionary<string, string> compiled,
        CancellationToken cancellationToken
    )
    {
        foreach (var (id, sql) in compiled)
        {
            var path = Path.Combine(folder, "compiled", CompiledPath(manifest.Nodes[id]));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, sql, cancellationToken);
        }
    }

    /// <summary>
    /// Where a node's compiled SQL goes, relative to <c>compiled/</c>. What shares its file with others, tests of a properties file
    /// and snapshots, has a folder of the file's name.
    /// </summary>
    internal static string CompiledPath(ManifestNode node) =>
        node is TestNode { Generic: not null } or UnitTestNode or SnapshotNode
            ? $"{node.Package}/{node.Path}/{node.Name}.sql"
            : $"{node.Package}/{node.Path}";

    internal void Metadata(Utf8JsonWriter json, string schema)
    {
        json.WriteStartObject("metadata");
        json.WriteString("dbt_schema_version", $"https://schemas.getdbt.com/dbt/{schema}.json");
        json.WriteString("dbt_version", DbtVersion.Text);
        json.WriteString("generated_at", Instant(clock.GetUtcNow()));
        json.WriteString("invocation_id", manifest.Parsed.InvocationId);
        json.WriteString("invocation_started_at", Instant(manifest.Parsed.StartedAt));
        json.WriteEmpty("env");
        if (schema.StartsWith("manifest", StringComparison.Ordinal))
        {
            json.WriteString("project_name", manifest.Project.Name);
            json.WriteNull("project_id");
            json.WriteNull("user_id");
            json.WriteBoolean("send_anonymous_usage_stats", false);
            json.WriteString("adapter_type", manifest.Parsed.Dialect.Name);
            var quoting = manifest.Parsed.Quoting(new NodeConfig(new JinjaDict()));
            json.WriteStartObject("quoting");
            json.WriteBoolean("database", quoting.Database);
            json.WriteBoolean("schema", quoting.Schema);
            json.WriteBoolean("identifier", quoting.Identifier);
            json.WriteNull("column");
            json.WriteEndObject();
            json.WriteString("run_started_at", Instant(manifest.Parsed.StartedAt));
        }

        json.WriteEndObject();
    }

    internal static string Instant(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private async Task<ManifestMap> WriteMappedAsync(
        Stream output,
        IReadOnlyDictionary<string, string> compiled,
        CancellationToken cancellationToken
    )
    {
        var document = new ManifestJson(manifest, compiled, this);
        await using var stream = new DigestingStream(output);
        await WriteAsync(stream, document.Write, cancellationToken);
        return new ManifestMap(manifest.KeptAs, stream.Length, stream.Digest(), document.MetadataEnd, document.Spans);
    }

    private Task WriteAsync(string name, Action<Utf8JsonWriter> write, CancellationToken cancellationToken) =>
        ReplaceAsync(name, stream => WriteAsync(stream, write, cancellationToken));

    private static async Task WriteAsync(
        Stream stream,
        Action<Utf8JsonWriter> write,
        CancellationToken cancellationToken
    )
    {
        await using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    private async Task ReplaceAsync(string name, Func<Stream, Task> write)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        var fresh = path + ".new";
        await using (var stream = File.Create(fresh))
        {
            await write(stream);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
