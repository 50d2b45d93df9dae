using System.Diagnostics;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;
using Headwater.Modeling.Publishing;
using Headwater.Modeling.Testing;
using Headwater.Modeling.UnitTests;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Building;

/// <summary>Builds or tests single nodes in one transaction, and turns what goes wrong into diagnostics at the node's place.</summary>
internal sealed class NodeExecutor(BuildRun run, Publication publication, NodeCompiler compiler)
{
    private readonly Dictionary<string, string> _compiled = new(StringComparer.Ordinal);

    /// <summary>Checks a node without its data.</summary>
    public async ValueTask<CheckFinding> CheckAsync(ManifestNode node, CancellationToken cancellationToken)
    {
        if (node is UnitTestNode)
        {
            return new CheckFinding(null, IsUncertain: false, EndsCheck: false);
        }

        var sql = "";
        try
        {
            if (node is not SeedNode)
            {
                sql = (await CompileAsync(node, cancellationToken)).Sql;
            }

            if (node is TestNode test)
            {
                await publication.Connection.ExecuteAsync("EXPLAIN " + TestQuery.Of(test, sql), cancellationToken);
            }
            else
            {
                var job = Job((RelationNode)node, sql, new NodeProgress());
                if (node is ModelNode && CustomMaterialization.Find(job) is not null)
                {
                    return new CheckFinding(null, IsUncertain: true, EndsCheck: false);
                }

                await MaterializationTable.Of(node.Config.Materialized).CheckAsync(job, cancellationToken);
            }
        }
        catch (WarehouseException failure) when (failure.Failure is WarehouseFailure.Statement or WarehouseFailure.Data)
        {
            // Only what is wrong with the statement itself leaves the engine's transaction alive.
            return Finding(node, NodeDiagnosis.Of(node, sql, failure)) with
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
        var follows = NodeHook.Of(node, "pre-hook").Any();
        var isUncertain = follows || NodeHook.Of(node, "post-hook").Any();
        if (node is not SeedNode && compiler.AskedDatabase)
        {
            return new CheckFinding(null, true, false);
        }

        return follows ? new CheckFinding(null, true, false) : new CheckFinding(diagnostic, isUncertain, false);
    }

    /// <summary>
    /// Builds or tests a node. Where the engine has savepoints, a failed one leaves nothing in the transaction, and others can follow.
    /// </summary>
    public async ValueTask<NodeOutcome> RunAsync(ManifestNode node, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var progress = new NodeProgress();
        var mark = await publication.MarkAsync(cancellationToken);
        try
        {
            await CommentAsync(node, cancellationToken);
            var outcome = await RunAsync(node, progress, start, cancellationToken);
            await publication.ReleaseAsync(cancellationToken);
            return outcome with { Compiling = progress.Compiling, Batches = progress.Batches };
        }
        catch (WarehouseException failure)
        {
            await TakeBackAsync(mark, cancellationToken);
            return Failed(node, progress, NodeDiagnosis.Of(node, progress.Sql ?? "", failure), start);
        }
        catch (DiagnosticException failure)
        {
            await TakeBackAsync(mark, cancellationToken);
            return Failed(node, progress, failure.Diagnostic, start);
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
        foreach (var hook in NodeHook.Of(node, kind))
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
                    await publication.Connection.ExecuteAsync(NodeHook.Unwrapped(sql), cancellationToken);
                }
            }
            catch (WarehouseException failure)
            {
                throw ModelingDiagnostics.HookFailed.At(node.Location, failure.Message).ToException(failure);
            }
        }
    }

    private async ValueTask<NodeOutcome> RunAsync(
        ManifestNode node,
        NodeProgress progress,
        long start,
        CancellationToken cancellationToken
    )
    {
        switch (node)
        {
            case TestNode test:
                progress.Compiled(await SqlOfAsync(node, cancellationToken), start);
                var finding = await TestQuery.RunAsync(publication.Connection, test, progress.Sql!, cancellationToken);
                await run.StoredFailures.ReadAsync(publication.Connection, test, progress.Sql!, cancellationToken);
                return Judge(test, progress.Sql!, finding, BuildRun.Since(start));
            case UnitTestNode test:
                var differences = await new UnitTestRunner(run, publication, compiler).RunAsync(
                    test,
                    cancellationToken
                );
                return Judge(test, differences, BuildRun.Since(start));
            default:
                var relation = (RelationNode)node;
                await HooksAsync(relation, "pre-hook", inTransaction: true, cancellationToken);
                progress.Compiled(node is SeedNode ? "" : await SqlOfAsync(node, cancellationToken), start);
                var rows = await BuildAsync(relation, progress.Sql!, progress, cancellationToken);
                if (progress.BatchFailure is { } failed)
                {
                    return new NodeOutcome(
                        node,
                        NodeStatus.Error,
                        rows,
                        BuildRun.Since(start),
                        ModelingDiagnostics.BatchesFailed.At(
                            failed.Location ?? node.Location,
                            node.Name,
                            progress.Batches!.Failed.Count,
                            progress.Batches.Failed.Count + progress.Batches.Successful.Count,
                            failed.Message
                        ),
                        progress.Sql
                    );
                }

                await HooksAsync(relation, "post-hook", inTransaction: true, cancellationToken);
                return new NodeOutcome(node, NodeStatus.Success, rows, BuildRun.Since(start), null, progress.Sql);
        }
    }

    private async ValueTask<long?> BuildAsync(
        RelationNode node,
        string sql,
        NodeProgress progress,
        CancellationToken cancellationToken
    )
    {
        if (run.Engine.Fit(node.Relation.Name) != node.Relation.Name)
        {
            throw ModelingDiagnostics
                .NameTooLong.At(node.Location, node.Relation.Name, run.Engine.MaxIdentifier, run.Engine.Dialect.Name)
                .ToException();
        }

        var job = Job(node, sql, progress);
        if (node is ModelNode && CustomMaterialization.Find(job) is { } own)
        {
            return await own.BuildAsync(cancellationToken);
        }

        var rows = await MaterializationTable.Of(node.Config.Materialized).BuildAsync(job, cancellationToken);
        await RelationFinish.ApplyAsync(job, cancellationToken);
        return rows;
    }

    private async ValueTask CommentAsync(ManifestNode node, CancellationToken cancellationToken)
    {
        if (run.Manifest.QueryComment is { } comment)
        {
            var text = await Task.Run(() => compiler.RenderComment(comment, node), cancellationToken);
            publication.CommentStatements(string.IsNullOrWhiteSpace(text) ? null : text, comment.Append);
        }
    }

    private ValueTask TakeBackAsync(NodeMark mark, CancellationToken cancellationToken) =>
        publication.Engine.HasSavepoints ? publication.TakeBackAsync(mark, cancellationToken) : ValueTask.CompletedTask;

    // Templates run on a pool thread, where they may wait for the statements that they run.
    private Task<CompiledSql> CompileAsync(ManifestNode node, CancellationToken cancellationToken) =>
        Task.Run(() => compiler.Compile(node), cancellationToken);

    private async ValueTask<string> SqlOfAsync(ManifestNode node, CancellationToken cancellationToken) =>
        _compiled.TryGetValue(node.UniqueId, out var sql) ? sql : (await CompileAsync(node, cancellationToken)).Sql;

    private MaterializationJob Job(RelationNode node, string sql, NodeProgress progress) =>
        new(run, publication, node, sql, compiler, progress);

    private static NodeOutcome Failed(ManifestNode node, NodeProgress progress, Diagnostic diagnostic, long start) =>
        new(node, NodeStatus.Error, null, BuildRun.Since(start), diagnostic, progress.Sql)
        {
            Batches = progress.BatchesTakenBack,
        };

    private NodeOutcome Judge(TestNode test, string sql, TestFinding finding, TimeSpan elapsed)
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
            descriptor?.At(test.Location, test.Name, finding.Failures, run.StoredFailures.Query(test, sql)),
            sql
        );
    }

    private static NodeOutcome Judge(UnitTestNode test, UnitTestFinding finding, TimeSpan elapsed)
    {
        var diagnostic =
            finding.Differences.Count == 0
                ? null
                : ModelingDiagnostics.UnitTestFailed.At(
                    test.Location,
                    test.Name,
                    string.Join('\n', finding.Differences)
                );
        return new NodeOutcome(
            test,
            diagnostic is null ? NodeStatus.Success : NodeStatus.Failed,
            finding.Differences.Count == 0 ? 0 : 1,
            elapsed,
            diagnostic,
            finding.Sql
        );
    }
}

/// <summary>What the check of a node found.</summary>
/// <param name="Diagnostic">What is wrong, or null.</param>
/// <param name="IsUncertain">True if the node will be another when it is built, so that nothing can be said about what reads it.</param>
/// <param name="EndsCheck">True if the engine ended the transaction, so that nothing more can be checked in it.</param>
internal sealed record CheckFinding(Diagnostic? Diagnostic, bool IsUncertain, bool EndsCheck);
