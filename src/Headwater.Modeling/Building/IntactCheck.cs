using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Publishing;
using Headwater.Modeling.Rendering;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Building;

/// <summary>
/// Checks the SQL of those models of a project with mistakes that none of the mistakes touches, as the check before a build does: everything is made
/// without rows in a transaction that is rolled back. Says only what is certain. For engines whose builds check first.
/// </summary>
/// <param name="run">A run that builds nothing.</param>
/// <param name="isCurrent">Whether the tables of a source stand as a build would find them.</param>
/// <param name="known">The mistakes that are known.</param>
internal sealed class IntactCheck(BuildRun run, Func<string, bool> isCurrent, IReadOnlyCollection<Diagnostic> known)
{
    private readonly HashSet<string> _wrongFiles = known
        .Where(diagnostic => diagnostic.Severity == Severity.Error)
        .Select(diagnostic => diagnostic.Location?.File)
        .OfType<string>()
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>What is wrong with the SQL of intact models. Ends early, without a word, where the warehouse does not answer.</summary>
    public async ValueTask<IReadOnlyList<Diagnostic>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<Diagnostic>();
        if (run.Engine.HasSavepoints || run.Manifest.RunStart.Count > 0 || _wrongFiles.Any(IsForAll))
        {
            return found;
        }

        try
        {
            var connection = await run.Warehouse.ConnectAsync(cancellationToken);
            await using (connection)
            {
                await run.Relations.LoadAsync(connection, Schemas(), cancellationToken);
                await FindAsync(connection, found, cancellationToken);
            }
        }
        catch (WarehouseException)
        {
            // The mistakes that are known are worth more than why nothing can be added to them.
        }

        return found;
    }

    private async ValueTask FindAsync(
        IWarehouseConnection connection,
        List<Diagnostic> found,
        CancellationToken cancellationToken
    )
    {
        var publication = Publication.Of(run, connection);
        var runner = new StatementRunner(run.Warehouse, publication, cancellationToken);
        var compiler = new NodeCompiler(run.Manifest, run.Project, runner, cancellationToken, run.Scope);
        var executor = new NodeExecutor(run, publication, compiler);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        await publication.BeginAsync(cancellationToken);
        try
        {
            await BuildSchemas.CreateAsync(connection, run, run.Manifest.Models, cancellationToken);
            await BuildSchemas.CreateAsync(connection, run, run.Manifest.Seeds, cancellationToken);
            await BuildSchemas.CreateAsync(connection, run, run.Manifest.Snapshots, cancellationToken);
            foreach (var node in run.Manifest.Graph.InOrder().OfType<RelationNode>())
            {
                if (!IsIntact(node) || run.Manifest.ReadsAny(node, unknown))
                {
                    unknown.Add(node.UniqueId);
                    continue;
                }

                if (node is SourceNode or ModelNode { IsEphemeral: true })
                {
                    continue;
                }

                var finding = await executor.CheckAsync(node, cancellationToken);
                if (finding.Diagnostic is { } diagnostic && diagnostic.Descriptor == ModelingDiagnostics.ModelSql)
                {
                    found.Add(diagnostic);
                }

                if (finding.EndsCheck)
                {
                    break;
                }

                if (finding.IsUncertain || finding.Diagnostic is not null)
                {
                    unknown.Add(node.UniqueId);
                }
            }
        }
        finally
        {
            await publication.AbandonAsync();
        }
    }

    private bool IsIntact(RelationNode node) =>
        node is SourceNode source
            ? run.Relations.Find(source.Relation) is not null && isCurrent(source.SourceName)
            : !_wrongFiles.Contains(node.Location.File)
                && (node.PropertiesFile is not { } properties || !_wrongFiles.Contains(properties))
                && !known.Any(diagnostic => IsOneOfTwo(diagnostic, node));

    // Which of two models of one name is meant, nobody knows.
    private static bool IsOneOfTwo(Diagnostic diagnostic, ManifestNode node) =>
        diagnostic.Descriptor == ModelingDiagnostics.DuplicateNode
        && diagnostic.Message.Contains($"'{node.Name}'", StringComparison.Ordinal);

    // What stands in the project file can mean every model.
    private static bool IsForAll(string file) => Path.GetFileName(file) is "dbt_project.yml";

    private List<string> Schemas() =>
        [
            .. run
                .Manifest.Nodes.Values.OfType<RelationNode>()
                .Select(node => node.Relation.Schema)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
}
