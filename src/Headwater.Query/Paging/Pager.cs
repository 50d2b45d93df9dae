using System.Security.Cryptography;
using System.Text;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Planning.Passes;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Metrics.Requests;
using Headwater.Query.Execution;
using Headwater.Query.Policies;
using Headwater.Query.Publishing;
using Headwater.Sql;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;
using Headwater.Warehouse.Results;

namespace Headwater.Query.Paging;

/// <summary>
/// Answers questions page by page. All pages of a walk are of one state of the tables: what has changed since the first page ends the walk with
/// HW5402. Safe for several threads.
/// </summary>
internal sealed class Pager(IWarehouse warehouse, QueryRunner runner, CursorSeal seal)
{
    // A build that commits while a first page is read moves it to the new state; more than a few in a row are not waited for.
    private const int MostAttempts = 5;

    /// <exception cref="DiagnosticException">HW5401 to HW5404; else as for the question itself.</exception>
    public async Task<FoundAnswer> AnswerAsync(
        PageQuestion page,
        Publication publication,
        EffectivePolicy policy,
        CancellationToken cancellationToken
    )
    {
        if (page.Size is < 1 or > PageQuestion.MostRows)
        {
            throw QueryDiagnostics.BadPageSize.With(page.Size, PageQuestion.MostRows).ToException();
        }

        if (page.Of is MetricQuestion { Request: { KeepsDuplicates: true } or { BoundsOnly: true } })
        {
            throw QueryDiagnostics.NoOrder.With().ToException();
        }

        var question = page.Of is DimensionValuesQuestion values ? values with { Limit = int.MaxValue } : page.Of;
        var digest = Digest(question, publication, policy);
        var cursor = page.Cursor is null ? null : seal.Read(page.Cursor);
        if (cursor is not null && cursor.Question != digest)
        {
            throw QueryDiagnostics.BadCursor.With().ToException();
        }

        for (var attempt = 1; ; attempt++)
        {
            var versions = warehouse.Versions;
            if (
                await TryAsync(question, page.Size, cursor, digest, versions, publication, policy, cancellationToken) is
                { } found
            )
            {
                return found;
            }

            await warehouse.RefreshVersionsAsync(cancellationToken);
            if (cursor is not null || attempt == MostAttempts)
            {
                throw QueryDiagnostics.DataChanged.With().ToException();
            }
        }
    }

    // Null if a table no longer has the version that is meant.
    private async Task<FoundAnswer?> TryAsync(
        Question question,
        int size,
        PageCursor? cursor,
        string digest,
        VersionSnapshot versions,
        Publication publication,
        EffectivePolicy policy,
        CancellationToken cancellationToken
    )
    {
        var statement = Answerer.Compile(
            question,
            publication,
            policy,
            publication.Proofs.In(versions),
            publication.Rollups.In(versions)
        );
        var read = publication
            .Inputs([.. statement.Relations, .. statement.RollupInputs])
            .Select(relation => new RelationVersion(relation, versions[relation]))
            .ToList();
        // A rollup or a proof changes what is read, not what is answered: the walk stands on the tables of the question.
        var state = Digest([
            .. publication.Inputs(statement.Relations).Select(relation => $"{relation}={versions[relation]}"),
        ]);
        if (cursor is not null && cursor.Versions != state)
        {
            return null;
        }

        var sql = new PageSql(warehouse.Dialect, statement.Order);
        ResultTable table;
        try
        {
            var text = sql.Write(Unordered(statement, publication, policy), size, cursor?.Place, read);
            table = await RunAsync(text);
        }
        catch (DiagnosticException) when (statement.ReliesOnProofs || cursor is not null)
        {
            if (!await IsCurrentAsync())
            {
                return null;
            }

            throw;
        }

        if (table.RowCount == 0 && !await IsCurrentAsync())
        {
            return null;
        }

        var shown = table.Columns.Count - sql.ExtraColumns;
        var hasMore = table.RowCount > 0 && Convert.ToInt64(table.Value(0, table.Columns.Count - 1), null) > size;
        return new FoundAnswer(First(table, shown), statement.Sql.Text, read, statement.MayBeKept)
        {
            Rollups = statement.Rollups,
            NextCursor = hasMore
                ? seal.Write(new PageCursor(digest, state, Place(table, shown, statement.Order.Count)))
                : null,
        };

        async Task<bool> IsCurrentAsync() => (bool)(await RunAsync(PageSql.Check(read))).Value(0, 0)!;

        Task<ResultTable> RunAsync(SqlText text) =>
            runner.RunAsync(text, problem => Answerer.Explain(question, policy, problem), cancellationToken);
    }

    private static SqlText Unordered(CompiledStatement statement, Publication publication, EffectivePolicy policy)
    {
        var plan = statement.Plan!;
        return plan.Limit is null or int.MaxValue
            ? publication.Compiler.WithoutOrder(plan, policy.Access.Masks)
            : statement.Sql;
    }

    private static List<PlaceValue> Place(ResultTable table, int shown, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(index => new PlaceValue(
                    (string?)table.Value(table.RowCount - 1, shown + 2 * index),
                    (string)table.Value(table.RowCount - 1, shown + 2 * index + 1)!
                )),
        ];

    private static ResultTable First(ResultTable table, int shown) =>
        new(
            [.. table.Columns.Take(shown)],
            [.. table.Batches.Select(batch => new Batch([.. batch.Columns.Take(shown)], batch.RowCount))]
        );

    // What the SQL would be whatever is proven: it holds the definitions and the rules.
    private static string Digest(Question question, Publication publication, EffectivePolicy policy)
    {
        var plain = Answerer.Compile(question, publication, policy, NoProofs.Instance, NoRollups.Instance);
        return Digest([
            QuestionText.Of(question),
            policy.Fingerprint,
            plain.Sql.Text,
            .. plain.Sql.Parameters.Select(value =>
                value is IEnumerable<string> list
                    ? string.Join('\u0001', list)
                    : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? ""
            ),
        ]);
    }

    private static string Digest(IReadOnlyList<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 12);
    }
}
