using System.Diagnostics;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;
using Headwater.Modeling.Testing;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Building;

/// <summary>Builds or tests single nodes on one connection, and turns what goes wrong into diagnostics at the node's place.</summary>
internal sealed class NodeExecutor(BuildRun run, IWarehouseConnection connection, NodeCompiler compiler)
{
    private readonly Dictionary<string, string> _compiled = new(StringComparer.Ordinal);

    /// <summary>Checks a node without its data.</summary>
    public async ValueTask<CheckFinding> CheckAsync(ManifestNode node, CancellationToken cancellationToken)
    {
        var sql = "";
        try
        {
            if (node is not SeedNode)
            {
                sql = (await CompileAsync(node, cancellationToken)).Sql;
            }

            if (node is TestNode test)
            {
                await connection.ExecuteAsync("EXPLAIN " + TestQuery.Of(test, sql), cancellationToken);
            }
            else
            {
                var materialization = MaterializationTable.Of(node.Config.Materialized);
                await materialization.CheckAsync(Job((RelationNode)node, sql), cancellationToken);
            }
        }
        catch (WarehouseException failure) when (failure.Failure is WarehouseFailure.Statement or WarehouseFailure.Data)
        {
            // Only what is wrong with the statement itself leaves the engine's transaction alive.
            return Finding(node, Diagnose(node, sql, failure)) with
            {
                EndsCheck = failure.Failure != WarehouseFailure.Statement,
            };
        }
        catch (DiagnosticException failure)
        {
            return Finding(node, failure.Diagnostic);
        }

        if (!compiler.AskedDatabase)
        {
            _compiled[node.UniqueId] = sql;
        }

        return Finding(node, null);
    }

    // While checking, tables are empty and hooks do not run: what a template makes of rows, or what follows a hook, says nothing yet.
    private CheckFinding Finding(ManifestNode node, Diagnostic? diagnostic)
    {
        var follows = Hooks(node.Config["pre-hook"]).Any();
        var isUncertain = follows || Hooks(node.Config["post-hook"]).Any();
        if (node is not SeedNode && compiler.AskedDatabase)
        {
            return new CheckFinding(null, true, false);
        }

        return follows ? new CheckFinding(null, true, false) : new CheckFinding(diagnostic, isUncertain, false);
    }

    /// <summary>Builds or tests a node.</summary>
    public async ValueTask<NodeOutcome> RunAsync(ManifestNode node, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        string? sql = null;
        try
        {
            if (node is TestNode test)
            {
                sql = await SqlOfAsync(node, cancellationToken);
                var finding = await TestQuery.RunAsync(connection, test, sql, cancellationToken);
                return Judge(test, sql, finding, BuildRun.Since(start));
            }

            var relation = (RelationNode)node;
            await HooksAsync(relation, "pre-hook", inTransaction: true, cancellationToken);
            sql = node is SeedNode ? "" : await SqlOfAsync(node, cancellationToken);
            var rows = await MaterializationTable
                .Of(node.Config.Materialized)
                .BuildAsync(Job(relation, sql), cancellationToken);
            await HooksAsync(relation, "post-hook", inTransaction: true, cancellationToken);
            return new NodeOutcome(node, NodeStatus.Success, rows, BuildRun.Since(start), null, sql);
        }
        catch (WarehouseException failure)
        {
            return Failed(node, sql, Diagnose(node, sql ?? "", failure), start);
        }
        catch (DiagnosticException failure)
        {
            return Failed(node, sql, failure.Diagnostic, start);
        }
    }

    /// <summary>Runs the hooks of a node that belong inside, or outside, its transaction.</summary>
    public async ValueTask HooksAsync(
        RelationNode node,
        string kind,
        bool inTransaction,
        CancellationToken cancellationToken
    )
    {
        foreach (var hook in Hooks(node.Config[kind]))
        {
            if (hook.InTransaction != inTransaction)
            {
                continue;
            }

            var sql = await Task.Run(() => compiler.RenderText(hook.Sql, node.Location, node), cancellationToken);
            try
            {
                if (!string.IsNullOrWhiteSpace(sql))
                {
                    await connection.ExecuteAsync(sql, cancellationToken);
                }
            }
            catch (WarehouseException failure)
            {
                throw ModelingDiagnostics.HookFailed.At(node.Location, failure.Message).ToException(failure);
            }
        }
    }

    // Templates run on a pool thread, where they may wait for the statements that they run.
    private Task<CompiledSql> CompileAsync(ManifestNode node, CancellationToken cancellationToken) =>
        Task.Run(() => compiler.Compile(node), cancellationToken);

    private async ValueTask<string> SqlOfAsync(ManifestNode node, CancellationToken cancellationToken) =>
        _compiled.TryGetValue(node.UniqueId, out var sql) ? sql : (await CompileAsync(node, cancellationToken)).Sql;

    private MaterializationJob Job(RelationNode node, string sql) =>
        new(connection, run.Warehouse.Dialect, node, sql, run.Options.FullRefresh, run.Warehouse.SpoolFolder);

    private static NodeOutcome Failed(ManifestNode node, string? sql, Diagnostic diagnostic, long start) =>
        new(node, NodeStatus.Error, null, BuildRun.Since(start), diagnostic, sql);

    private static NodeOutcome Judge(TestNode test, string sql, TestFinding finding, TimeSpan elapsed)
    {
        var (status, descriptor) = finding switch
        {
            { ShouldFail: true } => (NodeStatus.Failed, ModelingDiagnostics.TestFailed),
            { ShouldWarn: true } => (NodeStatus.Warned, ModelingDiagnostics.TestWarned),
            _ => (NodeStatus.Success, null),
        };
        return new NodeOutcome(
            test,
            status,
            finding.Failures,
            elapsed,
            descriptor?.At(test.Location, test.Name, finding.Failures, sql.Trim()),
            sql
        );
    }

    private static Diagnostic Diagnose(ManifestNode node, string sql, WarehouseException failure)
    {
        var descriptor =
            failure.Failure == WarehouseFailure.Statement
                ? ModelingDiagnostics.ModelSql
                : ModelingDiagnostics.ModelFailed;
        return descriptor.At(
            SqlPlaces.Of(node, sql, failure.Position),
            $"{node.ResourceType} '{node.Name}'",
            FirstParagraph(failure.Message)
        );
    }

    // After its first lines the engine shows the statement, which the place in the file says better, and settings that are not the author's.
    private static string FirstParagraph(string message)
    {
        var ends = ((string[])["\n\nLINE ", "\nLINE ", "\nPossible fixes:"])
            .Select(mark => message.IndexOf(mark, StringComparison.Ordinal))
            .Where(end => end >= 0);
        return message[..ends.DefaultIfEmpty(message.Length).Min()].Trim();
    }

    private static IEnumerable<(string Sql, bool InTransaction)> Hooks(object? value) =>
        value switch
        {
            null => [],
            JinjaList list => list.Items.SelectMany(Hooks),
            JinjaDict dict =>
            [
                (
                    dict.TryGet("sql", out var sql) ? Text.Str(sql) : "",
                    !dict.TryGet("transaction", out var inside) || inside is not false
                ),
            ],
            _ => [(Text.Str(value), true)],
        };
}

/// <summary>What the check of a node found.</summary>
/// <param name="Diagnostic">What is wrong, or null.</param>
/// <param name="IsUncertain">True if the node will be another when it is built, so that nothing can be said about what reads it.</param>
/// <param name="EndsCheck">True if the engine ended the transaction, so that nothing more can be checked in it.</param>
internal sealed record CheckFinding(Diagnostic? Diagnostic, bool IsUncertain, bool EndsCheck);
