using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Planning.Passes;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Query.Execution;
using Headwater.Query.Policies;
using Headwater.Query.Publishing;
using Headwater.Query.UserSql;
using Headwater.Query.UserSql.Rewriting;
using Headwater.Sql;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;
using Headwater.Warehouse.Results;

namespace Headwater.Query;

/// <summary>From a permitted question to rows: compiled or passed under the policy, then run. Knows no cache and no audit; safe for several threads.</summary>
internal sealed class Answerer(IWarehouse warehouse, QueryRunner runner, PermittedCopies copies)
{
    /// <exception cref="DiagnosticException">The question is refused or fails: a code of ours, never the engine's own words to who may not see all.</exception>
    public async Task<FoundAnswer> AnswerAsync(
        Question question,
        Publication publication,
        EffectivePolicy policy,
        CancellationToken cancellationToken
    )
    {
        // Before anything is read: if a build commits meanwhile, the answer is filed under the older version and not found again.
        var versions = warehouse.Versions;
        var statement = question is SqlQuestion sql
            ? await PassAsync(sql.Sql, publication, policy, cancellationToken)
            : Compile(question, publication, policy, publication.Proofs.In(versions), publication.Rollups.In(versions));
        ResultTable? table = null;
        try
        {
            table = await RunAsync(statement);
        }
        catch (DiagnosticException) when (IsOutdated())
        {
            // A rollup may have been dropped meanwhile.
        }

        if (table is null || IsOutdated())
        {
            // What was proven is proven of the tables as they were.
            versions = warehouse.Versions;
            statement = Compile(question, publication, policy, NoProofs.Instance, NoRollups.Instance);
            table = await RunAsync(statement);
        }

        var read = Read(versions);
        return new FoundAnswer(table, statement.Sql.Text, read, statement.MayBeKept) { Rollups = statement.Rollups };

        bool IsOutdated() =>
            statement.ReliesOnProofs
            && Read(warehouse.Versions).Exists(read => versions[read.Relation] != read.Version);

        Task<ResultTable> RunAsync(CompiledStatement asked) =>
            runner.RunAsync(asked.Sql, problem => Explain(question, policy, problem), cancellationToken);

        List<RelationVersion> Read(VersionSnapshot snapshot) =>
            [
                .. publication
                    .Inputs([.. statement.Relations, .. statement.RollupInputs])
                    .Select(relation => new RelationVersion(relation, snapshot[relation])),
            ];
    }

    internal static CompiledStatement Compile(
        Question question,
        Publication publication,
        EffectivePolicy policy,
        IJoinProofs proofs,
        IRollups rollups
    )
    {
        if (publication.Relations.Count == 0)
        {
            throw QueryDiagnostics.NothingPublished.With().ToException();
        }

        var compiled = question switch
        {
            MetricQuestion metric => publication.Compiler.Compile(metric.Request, policy.Access, proofs, rollups),
            RowsQuestion rows => publication.Compiler.CompileRows(rows.Metric, rows.Where, rows.Limit, policy.Access),
            DimensionValuesQuestion values => publication.Compiler.CompileValues(
                values.Dimension,
                values.Metrics,
                values.Search,
                values.Limit,
                policy.Access
            ),
            _ => throw new InvalidOperationException($"unknown question {question.GetType().Name}"),
        };
        foreach (var relation in compiled.Relations)
        {
            if (!publication.Relations.ContainsKey(relation))
            {
                throw QueryDiagnostics.NotPublished.With(relation.Name).ToException();
            }
        }

        return new CompiledStatement(compiled.Sql, compiled.Relations, !ClockWords.Occur(compiled.Sql.Text))
        {
            Plan = compiled.Plan,
            Order = compiled.Order,
            ReliesOnProofs = compiled.ReliesOnProofs,
            Rollups = compiled.Rollups,
            RollupInputs = [.. compiled.RollupTables.SelectMany(publication.Rollups.Inputs)],
        };
    }

    private async Task<CompiledStatement> PassAsync(
        string sql,
        Publication publication,
        EffectivePolicy policy,
        CancellationToken cancellationToken
    )
    {
        // The engine whose own parser reads the statement is the one that runs it: elsewhere nobody could tell what it does.
        if (warehouse.Dialect != DuckDbDialect.Instance)
        {
            throw QueryDiagnostics.SqlNotHere.With(warehouse.Dialect.Name).ToException();
        }

        var tables = new PublishedTables(
            publication,
            policy,
            warehouse.Catalog,
            relation => copies.TargetOf(relation, publication, policy)
        );
        GatedStatement gated;
        var connection = await warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var widest = publication.Relations.Values.Select(relation => relation.Columns.Count).DefaultIfEmpty().Max();
            gated = await StatementGate.PassAsync(sql, tables, widest, connection, cancellationToken);
        }

        var relations = gated.Relations.Select(relation => relation.Name).ToList();
        if (!policy.SeesEverything)
        {
            await copies.MakeAsync(gated.Relations, publication, policy, cancellationToken);
            // Which rows are permitted depends on the tables that the rules go through.
            relations.AddRange(publication.Metrics.Models.Select(model => model.Relation));
        }

        return new CompiledStatement(new SqlText(gated.Text, []), relations, !gated.IsChanging);
    }

    internal static Diagnostic Explain(Question question, EffectivePolicy policy, WarehouseException problem)
    {
        if (question is not SqlQuestion)
        {
            // The engine refuses SQL of ours: a definition's expression does not fit its table, or a filter's value its column.
            return problem.Failure == WarehouseFailure.Data
                ? QueryDiagnostics.SqlData.With()
                : QueryDiagnostics.SqlBinding.With();
        }

        // The engine quotes values and rewritten SQL. Only to those who may see every value anyway is that of use and of no harm.
        return policy.SeesEverything ? QueryDiagnostics.SqlBindingDetail.With(problem.Message)
            : problem.Failure == WarehouseFailure.Data ? QueryDiagnostics.SqlData.With()
            : QueryDiagnostics.SqlBinding.With();
    }
}

/// <summary>What is to be run for a question.</summary>
/// <param name="Relations">The tables that it is about.</param>
/// <param name="MayBeKept">False where the same question may have another answer while no table changes.</param>
internal sealed record CompiledStatement(SqlText Sql, IReadOnlyList<RelationName> Relations, bool MayBeKept)
{
    /// <summary>What the SQL was written from; null where it is no plan of metrics.</summary>
    public MetricPlan? Plan { get; init; }

    /// <summary>The columns that order the rows, such that no two are equal.</summary>
    public IReadOnlyList<OrderedColumn> Order { get; init; } = [];

    public bool ReliesOnProofs { get; init; }

    public IReadOnlyList<RollupDecision> Rollups { get; init; } = [];

    /// <summary>The rollups that are read, with what they were made from.</summary>
    public IReadOnlyList<RelationName> RollupInputs { get; init; } = [];
}

/// <summary>The rows of an answer.</summary>
/// <param name="Sql">The SQL that ran.</param>
/// <param name="Read">The tables that it read, with the versions that it saw or older ones.</param>
/// <param name="MayBeKept">False where the same question may have another answer while no table changes.</param>
internal sealed record FoundAnswer(ResultTable Table, string Sql, IReadOnlyList<RelationVersion> Read, bool MayBeKept)
{
    /// <summary>What was decided of each rollup that was looked at.</summary>
    public IReadOnlyList<RollupDecision> Rollups { get; init; } = [];

    /// <summary>Where the next page begins; null for an answer that is whole, or the last page.</summary>
    public string? NextCursor { get; init; }
}
