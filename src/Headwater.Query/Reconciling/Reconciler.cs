using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics;
using Headwater.Metrics.Reconciling;
using Headwater.Project.Resources.Access;
using Headwater.Query.Execution;
using Headwater.Query.Paging;
using Headwater.Query.Policies;
using Headwater.Query.Publishing;
using Headwater.Sql;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Query.Reconciling;

/// <summary>Compares two numbers under one policy. Safe for several threads.</summary>
internal sealed class Reconciler(
    IWarehouse warehouse,
    QueryRunner runner,
    Answerer answerer,
    QueryLimits limits,
    CursorSeal seal
)
{
    /// <exception cref="DiagnosticException">As <see cref="IGate.ReconcileAsync"/>.</exception>
    public async Task<Reconciliation> ReconcileAsync(
        ReconcileRequest request,
        Publication publication,
        EffectivePolicy policy,
        CancellationToken cancellationToken
    )
    {
        var comparison = await PrepareAsync(request, publication, policy, cancellationToken);
        return new GapReport(comparison, request).Tell(await RunAsync(comparison.Sql.Summary(), cancellationToken));
    }

    /// <exception cref="DiagnosticException">As <see cref="IGate.ReadGapAsync"/>.</exception>
    public async Task<GapRows> ReadAsync(
        ReconcileRequest request,
        string cause,
        int size,
        string? cursorText,
        Publication publication,
        EffectivePolicy policy,
        CancellationToken cancellationToken
    )
    {
        if (size is < 1 or > PageQuestion.MostRows)
        {
            throw QueryDiagnostics.BadPageSize.With(size, PageQuestion.MostRows).ToException();
        }

        var comparison = await PrepareAsync(request, publication, policy, cancellationToken);
        var (kind, side, filter) =
            GapReport.ReadId(cause) ?? throw QueryDiagnostics.UnknownCause.With(cause).ToException();
        var sql = comparison.Sql.Rows(kind, side, filter);
        var digest = Digest(sql, policy);
        var cursor = cursorText is null ? null : seal.Read(cursorText);
        if (cursor is not null && cursor.Question != digest)
        {
            throw QueryDiagnostics.BadCursor.With().ToException();
        }

        await warehouse.RefreshVersionsAsync(cancellationToken);
        var versions = warehouse.Versions;
        var read = publication
            .Inputs(comparison.Relations)
            .Select(relation => new RelationVersion(relation, versions[relation]))
            .ToList();
        var state = Hash(read.Select(item => $"{item.Relation}={item.Version}"));
        if (cursor is not null && cursor.Versions != state)
        {
            throw QueryDiagnostics.DataChanged.With().ToException();
        }

        var order = Enumerable
            .Range(0, comparison.Keys.Count)
            .Select(index => new OrderedColumn(string.Create(CultureInfo.InvariantCulture, $"k{index}"), false))
            .ToList();
        var page = new PageSql(warehouse.Dialect, order);
        var table = await RunAsync(page.Write(sql, size, cursor?.Place, read), cancellationToken);
        if (table.RowCount == 0 && !(bool)(await RunAsync(PageSql.Check(read), cancellationToken)).Value(0, 0)!)
        {
            throw QueryDiagnostics.DataChanged.With().ToException();
        }

        var shown = table.Columns.Count - page.ExtraColumns;
        var hasMore = table.RowCount > 0 && Convert.ToInt64(table.Value(0, table.Columns.Count - 1), null) > size;
        return new GapRows(
            [
                .. Enumerable
                    .Range(0, (int)table.RowCount)
                    .Select(row => GapReport.Row(table, row, 0, comparison.Keys.Count)),
            ],
            hasMore
                ? seal.Write(
                    new PageCursor(
                        digest,
                        state,
                        [
                            .. order.Select(
                                (_, index) =>
                                    new PlaceValue(
                                        (string?)table.Value(table.RowCount - 1, shown + 2 * index),
                                        (string)table.Value(table.RowCount - 1, shown + 2 * index + 1)!
                                    )
                            ),
                        ]
                    )
                )
                : null
        );
    }

    private async Task<Comparison> PrepareAsync(
        ReconcileRequest request,
        Publication publication,
        EffectivePolicy policy,
        CancellationToken cancellationToken
    )
    {
        if (publication.Relations.Count == 0)
        {
            throw QueryDiagnostics.NothingPublished.With().ToException();
        }

        var list = request.Right switch
        {
            MetricSide => null,
            ListSide listed => listed,
            SqlSide sql => await AskAsync(sql, publication, policy, cancellationToken),
            _ => throw new InvalidOperationException($"unknown side {request.Right.GetType().Name}"),
        };
        var entity = list is null ? CommonEntity(request, publication) : EntityOf(request, list, publication);
        var compiler = new SideCompiler(publication.Metrics, warehouse.Dialect);
        var left = Compile(request.Left, 0);
        var leftSql = await TypedAsync(request.Left, left, left, cancellationToken);
        if (list is not null)
        {
            var keyed = leftSql with { HasTextKeys = true };
            return new Comparison(
                new ReconcileSql(
                    warehouse.Dialect,
                    keyed,
                    ListedNumbers.Sql(list, warehouse.Dialect, left.Sql.Parameters.Count, leftSql.NumberKeys[0]),
                    1,
                    0,
                    areCells: false
                ),
                left,
                null,
                list.Name,
                left.Keys,
                left.Relations
            );
        }

        var metric = (MetricSide)request.Right;
        var right = Compile(metric, left.Sql.Parameters.Count);
        var rightSql = await TypedAsync(metric, right, Compile(metric, 0), cancellationToken);
        return new Comparison(
            new ReconcileSql(
                warehouse.Dialect,
                leftSql,
                rightSql,
                left.Keys.Count,
                request.GroupBy.Count,
                areCells: request.By.Count > 0
            ),
            left,
            right,
            metric.Metric,
            left.Keys,
            [.. left.Relations, .. right.Relations]
        );

        CompiledSide Compile(MetricSide side, int before)
        {
            var compiled = compiler.Compile(
                new SideRequest(side.Metric, entity, request.By, request.Where, request.GroupBy)
                {
                    Time = request.Time,
                },
                policy.Access,
                before
            );
            foreach (var relation in compiled.Relations)
            {
                if (!publication.Relations.ContainsKey(relation))
                {
                    throw QueryDiagnostics.NotPublished.With(relation.Name).ToException();
                }
            }

            return compiled;
        }
    }

    private async Task<ListSide> AskAsync(
        SqlSide side,
        Publication publication,
        EffectivePolicy policy,
        CancellationToken cancellationToken
    )
    {
        policy.Require(Permission.Sql);
        // The way of any other SQL of the asker's: alone, under the same rules, limits and copies.
        var found = await answerer.AnswerAsync(new SqlQuestion(side.Sql), publication, policy, cancellationToken);
        return found.Table.Truncated
            ? throw QueryDiagnostics.TooManyRows.With("The query", limits.Rows).ToException()
            : ListedNumbers.Of(found.Table, side);
    }

    private static string? CommonEntity(ReconcileRequest request, Publication publication)
    {
        var match = new SideMatch(publication.Metrics);
        var (left, right) = (match.Find(request.Left.Metric), match.Find(((MetricSide)request.Right).Metric));
        if (
            (request.By.Count > 0 || request.GroupBy.Count > 0)
            && (SideMatch.CountsValues(left) || SideMatch.CountsValues(right))
        )
        {
            throw QueryDiagnostics
                .NotByGroups.With(SideMatch.CountsValues(left) ? left.Name : right.Name)
                .ToException();
        }

        if (request.By.Count > 0)
        {
            return null;
        }

        var given = request.Entity ?? request.Left.Entity ?? ((MetricSide)request.Right).Entity;
        if (given is not null || SideMatch.CountSameValues(left, right))
        {
            return given;
        }

        if (SideMatch.CommonEntity(left, right) is { } common)
        {
            return common;
        }

        var dimensions = match.CommonDimensions(left, right);
        throw (
            QueryDiagnostics.NoCommonKey.With(left.Name, right.Name, string.Join(", ", dimensions.Take(3))) with
            {
                Candidates = dimensions,
            }
        ).ToException();
    }

    private static string? EntityOf(ReconcileRequest request, ListSide list, Publication publication)
    {
        if (request.By.Count > 0 || request.GroupBy.Count > 0)
        {
            throw QueryDiagnostics
                .OnlyOfMetrics.With(request.By.Count > 0 ? "To compare by dimensions" : "To group the gap")
                .ToException();
        }

        var metric = new SideMatch(publication.Metrics).Find(request.Left.Metric);
        var entity = request.Entity ?? request.Left.Entity;
        if (entity is not null || SideMatch.CountsValues(metric))
        {
            return entity;
        }

        var entities = metric.Input.Model.Entities;
        return entities.FirstOrDefault(known => known.IsUnique)?.Name
            ?? throw (
                QueryDiagnostics.KeyNeeded.With(
                    metric.Name,
                    list.Name,
                    string.Join(", ", entities.Select(known => known.Name))
                ) with
                {
                    Candidates = [.. entities.Select(known => known.Name)],
                }
            ).ToException();
    }

    private async Task<SideSql> TypedAsync(
        MetricSide side,
        CompiledSide compiled,
        CompiledSide alone,
        CancellationToken cancellationToken
    )
    {
        var probe = await RunAsync(
            new SqlText(
                $"SELECT v, {string.Join(", ", alone.Keys.Select((_, index) => $"k{index}"))} FROM ({alone.Sql.Text}) AS s LIMIT 0",
                alone.Sql.Parameters
            ),
            cancellationToken
        );
        var type = probe.Columns[0].Type;
        var (scale, isFloating) = type.Kind switch
        {
            TypeKind.Float32 or TypeKind.Float64 => (compiled.Decimals ?? ListedNumbers.FloatingDecimals, true),
            TypeKind.Decimal when type.Scale == 0 && warehouse.Dialect == PostgresDialect.Instance => (
                await OpenScaleAsync(alone, cancellationToken),
                false
            ),
            TypeKind.Decimal => (type.Scale, false),
            >= TypeKind.Int8 and <= TypeKind.UInt128 or TypeKind.Null => (0, false),
            _ => throw QueryDiagnostics
                .NotNumbers.With($"'{side.Metric}'", $"its values are {type.Kind.ToString().ToLowerInvariant()}")
                .ToException(),
        };
        return new SideSql(compiled.Sql.Text, compiled.Sql.Parameters, compiled.Filters, scale, isFloating)
        {
            IsDistinct = compiled.IsDistinct,
            NumberKeys = [.. probe.Columns.Skip(1).Select(key => IsWhole(key.Type) || IsFraction(key.Type))],
            FractionKeys = [.. probe.Columns.Skip(1).Select(key => IsFraction(key.Type))],
        };
    }

    private static bool IsWhole(ColumnType type) => type.Kind is >= TypeKind.Int8 and <= TypeKind.UInt128;

    private static bool IsFraction(ColumnType type) =>
        type.Kind is TypeKind.Decimal or TypeKind.Float32 or TypeKind.Float64;

    // A numeric that declares no scale has that of its longest value.
    private async Task<int> OpenScaleAsync(CompiledSide side, CancellationToken cancellationToken)
    {
        var table = await RunAsync(
            new SqlText(
                $"SELECT CAST(coalesce(max(scale(CAST(v AS numeric))), 0) AS integer) FROM ({side.Sql.Text}) AS s",
                side.Sql.Parameters
            ),
            cancellationToken
        );
        return Convert.ToInt32(table.Value(0, 0), CultureInfo.InvariantCulture);
    }

    private Task<ResultTable> RunAsync(SqlText sql, CancellationToken cancellationToken) =>
        runner.RunAsync(
            sql,
            problem =>
                problem.Failure == WarehouseFailure.Data
                    ? QueryDiagnostics.NumberTooLarge.With()
                    : QueryDiagnostics.SqlBinding.With(),
            cancellationToken
        );

    private static string Digest(SqlText sql, EffectivePolicy policy) =>
        Hash(
            sql.Parameters.SelectMany(value =>
                    value is IEnumerable<string> list
                        ? list
                        : [Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""]
                )
                .Prepend(sql.Text)
                .Prepend(policy.Fingerprint)
        );

    private static string Hash(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{part.Length}:")));
            hash.AppendData(Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToBase64String(hash.GetHashAndReset(), 0, 12);
    }
}

/// <summary>A comparison that is ready to run.</summary>
/// <param name="RightSide">Null where the right side is a list.</param>
/// <param name="RightName">What the right side is called.</param>
internal sealed record Comparison(
    ReconcileSql Sql,
    CompiledSide Left,
    CompiledSide? RightSide,
    string RightName,
    IReadOnlyList<string> Keys,
    IReadOnlyList<RelationName> Relations
);
