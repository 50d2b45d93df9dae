using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Artifacts;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Freshness;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;
using Headwater.Modeling.Parsing;
using Headwater.Modeling.Publishing;
using Headwater.Modeling.Rendering;
using Headwater.Warehouse;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Modeling;

/// <summary>
/// Looks at models and sources without building anything: what commands for authors need. For the operator of a warehouse alone; other
/// people's questions go through the gate.
/// </summary>
public sealed class ModelInspector(WarehouseHost host, Manifest manifest, TimeProvider clock)
{
    /// <summary>How the project is seen: whether as for a full refresh, and which relations of another environment are read.</summary>
    private BuildOptions Seen { get; init; } = new();

    /// <summary>The same, seeing the project otherwise.</summary>
    /// <param name="options">Of these <see cref="BuildOptions.FullRefresh"/>, <see cref="BuildOptions.Deferred"/> and <see cref="BuildOptions.FavorState"/> count.</param>
    public ModelInspector Seeing(BuildOptions options) => new(host, manifest, clock) { Seen = options };

    /// <summary>Compiles a template that sees what a node sees.</summary>
    /// <exception cref="DiagnosticException">The template failed.</exception>
    public async Task<string> CompileInlineAsync(ManifestNode node, string inline, CancellationToken cancellationToken)
    {
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var compiler = await CompilerAsync(connection, "compile", new DiagnosticBag(), cancellationToken);
            return await Task.Run(
                () => compiler.RenderText(inline, new SourceLocation("the inline query", 1, 1), node),
                cancellationToken
            );
        }
    }

    /// <summary>Compiles nodes to the SQL that a build would run now.</summary>
    /// <returns>The SQL of each that has any, by unique id; what fails is in <paramref name="problems"/>.</returns>
    public async Task<IReadOnlyDictionary<string, string>> CompileAsync(
        IEnumerable<ManifestNode> nodes,
        DiagnosticBag problems,
        CancellationToken cancellationToken
    )
    {
        var compiled = new Dictionary<string, string>(StringComparer.Ordinal);
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var compiler = await CompilerAsync(connection, "compile", problems, cancellationToken);
            foreach (var node in nodes.Where(node => node is ModelNode or TestNode or SnapshotNode or AnalysisNode))
            {
                try
                {
                    compiled[node.UniqueId] = (await Task.Run(() => compiler.Compile(node), cancellationToken)).Sql;
                }
                catch (DiagnosticException failure)
                {
                    problems.AddRange(failure.Diagnostics);
                }
            }
        }

        return compiled;
    }

    /// <summary>The first rows of a node's query.</summary>
    /// <param name="inline">A template to compile and run instead of a node's; null takes the node's.</param>
    /// <exception cref="DiagnosticException">HW2130, HW2131: the query is wrong or failed.</exception>
    public async Task<ResultTable> ShowAsync(
        ManifestNode node,
        string? inline,
        int rows,
        CancellationToken cancellationToken
    )
    {
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var compiler = await CompilerAsync(connection, "show", new DiagnosticBag(), cancellationToken);
            var sql =
                inline is not null
                    ? await Task.Run(
                        () => compiler.RenderText(inline, new SourceLocation("the inline query", 1, 1), node),
                        cancellationToken
                    )
                : node is SeedNode seed
                    ? $"SELECT * FROM {WarehouseEngine.Of(host.Warehouse.Dialect).Quote(seed.Relation)}"
                : (await Task.Run(() => compiler.Compile(node), cancellationToken)).Sql;
            try
            {
                return await connection.QueryAsync(
                    $"SELECT * FROM (\n{sql}\n) AS shown LIMIT {rows}",
                    cancellationToken
                );
            }
            catch (WarehouseException failure)
            {
                var problem = inline is null ? NodeDiagnosis.Of(node, sql, failure) : NodeDiagnosis.OfInline(failure);
                throw problem.ToException(failure);
            }
        }
    }

    /// <summary>How old the data of sources are: those that say how old they may be, and by which column that is told.</summary>
    public async Task<IReadOnlyList<FreshnessResult>> CheckFreshnessAsync(
        IEnumerable<SourceNode> sources,
        CancellationToken cancellationToken
    )
    {
        var results = new List<FreshnessResult>();
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var check = new FreshnessCheck(host.Warehouse, clock);
            foreach (
                var source in sources.Where(source =>
                    source.Freshness is not null && (source.LoadedAtField ?? source.LoadedAtQuery) is not null
                )
            )
            {
                results.Add(await check.RunAsync(connection, source, cancellationToken));
            }
        }

        return results;
    }

    /// <summary>Calls a macro, as <c>run-operation</c> does. What it logs goes where the parse's options say.</summary>
    /// <param name="macro">Its name, with a package and a dot before it if need be.</param>
    /// <param name="arguments">YAML of a mapping.</param>
    /// <exception cref="DiagnosticException">HW2106: there is no such macro; else what went wrong in it.</exception>
    public async Task OperateAsync(string macro, string arguments, CancellationToken cancellationToken)
    {
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var problems = new DiagnosticBag();
            var compiler = await CompilerAsync(connection, "run-operation", problems, cancellationToken);
            var given = ModelingVariables.Parse(arguments, "--args");
            await Task.Run(() => compiler.Operate(macro, new JinjaDict(given)), cancellationToken);
        }
    }

    /// <summary>The columns of everything that is there, for <c>catalog.json</c>.</summary>
    public async Task<IReadOnlyList<CatalogEntry>> ReadCatalogAsync(CancellationToken cancellationToken)
    {
        var engine = WarehouseEngine.Of(host.Warehouse.Dialect);
        var nodes = manifest
            .Nodes.Values.OfType<RelationNode>()
            .Where(node => node is not ModelNode { IsEphemeral: true })
            .ToList();
        var relations = new RelationCatalog(engine);
        var entries = new List<CatalogEntry>();
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            List<string> schemas =
            [
                .. nodes.Select(node => node.Relation.Schema).Distinct(StringComparer.OrdinalIgnoreCase),
            ];
            await relations.LoadAsync(connection, schemas, cancellationToken);
            var comments = await CatalogComments.ReadAsync(connection, engine, schemas, cancellationToken);
            foreach (var node in nodes.OrderBy(node => node.UniqueId, StringComparer.Ordinal))
            {
                if (relations.Find(node.Relation) is not { } found)
                {
                    continue;
                }

                var table = await connection.QueryAsync(
                    engine.FindColumns(engine.Quote(found.Name)),
                    cancellationToken
                );
                var columns = RelationColumn
                    .Read(table)
                    .Select(column => new CatalogColumn(
                        column.Name,
                        column.Type,
                        comments.Of(found.Name, column.Name)
                    ));
                entries.Add(
                    new CatalogEntry(
                        node,
                        node.Database ?? host.Warehouse.Catalog,
                        found.Name,
                        found.Kind == RelationKind.Table ? "BASE TABLE" : WarehouseEngine.Word(found.Kind),
                        [.. columns]
                    )
                    {
                        Owner = comments.OwnerOf(found.Name),
                        Comment = comments.Of(found.Name, null),
                    }
                );
            }
        }

        return entries;
    }

    /// <summary>Checks the SQL of those models that the known mistakes of a project do not touch. Changes nothing.</summary>
    /// <param name="isCurrent">Whether the tables of a source, by its name, stand as a build would find them.</param>
    /// <param name="known">The mistakes that are known.</param>
    /// <returns>HW2130 for each model whose SQL the warehouse does not take; none where its engine cannot be asked.</returns>
    public async Task<IReadOnlyList<Diagnostic>> CheckIntactAsync(
        Func<string, bool> isCurrent,
        IReadOnlyCollection<Diagnostic> known,
        CancellationToken cancellationToken
    )
    {
        var options = new BuildOptions { KeepPrevious = false };
        var project = Parsed(options.Command, new DiagnosticBag());
        var run = new BuildRun(host.Warehouse, manifest, project, options, clock, null, 0);
        return await new IntactCheck(run, isCurrent, known).FindAsync(cancellationToken);
    }

    /// <summary>Asks the warehouse for its version: an answer shows that it can be reached.</summary>
    public async Task<string> AskVersionAsync(CancellationToken cancellationToken)
    {
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var table = await connection.QueryAsync("SELECT CAST(version() AS varchar)", cancellationToken);
            return $"{host.Warehouse.Dialect.Name} {table.Value(0, 0)}";
        }
    }

    private async ValueTask<NodeCompiler> CompilerAsync(
        IWarehouseConnection connection,
        string command,
        DiagnosticBag problems,
        CancellationToken cancellationToken
    )
    {
        var relations = new RelationCatalog(WarehouseEngine.Of(host.Warehouse.Dialect));
        if (Seen.Deferred.Count > 0)
        {
            List<string> schemas =
            [
                .. manifest
                    .Nodes.Values.OfType<RelationNode>()
                    .Select(node => node.Relation.Schema)
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ];
            await relations.LoadAsync(connection, schemas, cancellationToken);
        }

        var scope = CompileScope.Deferring(manifest, Seen, relations, []);
        var runner = new StatementRunner(host.Warehouse, connection, cancellationToken);
        return new NodeCompiler(manifest, Parsed(command, problems), runner, cancellationToken, scope);
    }

    private ParsedProject Parsed(string command, DiagnosticBag problems)
    {
        var parsed = manifest.Parsed;
        var seen = parsed with
        {
            Catalog = host.Warehouse.Catalog,
            Dialect = host.Warehouse.Dialect,
            Target = TargetValues.WithCatalog(parsed.Target, host.Warehouse.Catalog),
            StartedAt = clock.GetUtcNow(),
            Warn = problems.Add,
            Flags = FlagValues.Of(command, Seen.FullRefresh),
        };
        return seen with { Graph = new Lazy<JinjaDict>(() => GraphValues.Of(manifest, seen)) };
    }
}
