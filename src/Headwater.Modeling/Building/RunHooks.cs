using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Rendering;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Building;

/// <summary>The hooks of the project around a build. They run outside its transactions.</summary>
internal sealed class RunHooks(BuildRun run)
{
    /// <summary>Runs <c>on-run-start</c>.</summary>
    /// <returns>False if one failed: then nothing is built.</returns>
    public ValueTask<bool> StartAsync(CancellationToken cancellationToken) =>
        RunAsync(run.Manifest.RunStart, [], cancellationToken);

    /// <summary>Runs <c>on-run-end</c>, which sees what became of each node and where.</summary>
    public ValueTask<bool> EndAsync(CancellationToken cancellationToken)
    {
        var places = run
            .Outcomes.Select(outcome => outcome.Node)
            .OfType<RelationNode>()
            .Select(node => (Database: node.Database ?? run.Project.Catalog, node.Relation.Schema))
            .Distinct()
            .ToList();
        return RunAsync(
            run.Manifest.RunEnd,
            [
                ("schemas", new JinjaList(places.Select(place => (object?)place.Schema).Distinct())),
                (
                    "database_schemas",
                    new JinjaList(places.Select(place => (object?)JinjaTuple.Of(place.Database, place.Schema)))
                ),
                ("results", new JinjaList(run.Outcomes.Select(outcome => (object?)new ResultObject(outcome, run)))),
            ],
            cancellationToken
        );
    }

    private async ValueTask<bool> RunAsync(
        IReadOnlyList<HookText> hooks,
        IReadOnlyList<(string Name, object? Value)> members,
        CancellationToken cancellationToken
    )
    {
        if (hooks.Count == 0)
        {
            return true;
        }

        var connection = await run.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var runner = new StatementRunner(run.Warehouse, connection, cancellationToken);
            var compiler = new NodeCompiler(run.Manifest, run.Project, runner, cancellationToken);
            foreach (var hook in hooks)
            {
                try
                {
                    var sql = await Task.Run(() => compiler.RenderText(hook, members), cancellationToken);
                    if (!string.IsNullOrWhiteSpace(sql))
                    {
                        await connection.ExecuteAsync(sql, cancellationToken);
                    }
                }
                catch (WarehouseException failure)
                {
                    run.Diagnostics.Add(ModelingDiagnostics.HookFailed.At(hook.Location, failure.Message));
                    return false;
                }
                catch (DiagnosticException failure)
                {
                    run.Diagnostics.AddRange(failure.Diagnostics);
                    return false;
                }
            }
        }

        return true;
    }
}
