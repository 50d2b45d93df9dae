using System.Security.Cryptography;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Metrics.Semantics;
using Headwater.Project.Resources.Access;
using Headwater.Query.Admission;
using Headwater.Query.Audit;
using Headwater.Query.Caching;
using Headwater.Query.Execution;
using Headwater.Query.Exporting;
using Headwater.Query.Masking;
using Headwater.Query.Paging;
using Headwater.Query.Passports;
using Headwater.Query.Policies;
using Headwater.Query.Publishing;
using Headwater.Query.Reconciling;
using Headwater.Query.Tracing;
using Headwater.Query.UserSql;
using Headwater.Warehouse;
using Headwater.Warehouse.Port;

namespace Headwater.Query;

/// <summary>The gate over one warehouse. Answers from the last publication; safe for several threads.</summary>
public sealed class Gate : IGate, IDisposable
{
    private readonly IWarehouse _warehouse;
    private readonly PublicationReader _reader;
    private readonly IAuditSink _audit;
    private readonly TimeProvider _time;
    private readonly AdmissionQueue _admission;
    private readonly Answerer _answerer;
    private readonly Pager _pager;
    private readonly Reconciler _reconciler;
    private readonly PermittedCopies _copies;
    private readonly AnswerCache _cache;
    private readonly GateSeams _seams;
    private readonly SingleFlight<CacheKey, Answer> _flights = new();

    // Tells answers of two lives of the process apart: versions may start again with a new warehouse.
    private readonly string _instance = RandomNumberGenerator.GetHexString(16);
    private readonly long _roomToPrepare;
    private CancellationTokenSource _untilPublished = new();
    private Publication _publication;

    /// <summary>A gate that knows no metrics yet: <see cref="PublishAsync"/> gives it some.</summary>
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="limits">How much a question may use.</param>
    /// <param name="audit">Where questions are recorded.</param>
    /// <param name="cursorKey">Signs cursors: the same for all who are to continue each other's walks; null for this gate alone.</param>
    public Gate(
        WarehouseHost warehouse,
        QueryLimits limits,
        IAuditSink audit,
        TimeProvider time,
        byte[]? cursorKey = null
    )
        : this(warehouse, limits, audit, time, cursorKey, GateSeams.None) { }

    internal Gate(
        WarehouseHost warehouse,
        QueryLimits limits,
        IAuditSink audit,
        TimeProvider time,
        byte[]? cursorKey,
        GateSeams seams
    )
    {
        _seams = seams;
        _warehouse = warehouse.Warehouse;
        _reader = new PublicationReader(_warehouse);
        _audit = audit;
        _time = time;
        _admission = new AdmissionQueue(limits.Concurrency, limits.Waiting);
        _copies = new PermittedCopies(_warehouse, limits);
        var runner = new QueryRunner(_warehouse, limits, _admission, seams);
        _answerer = new Answerer(_warehouse, runner, _copies, seams);
        var seal = new CursorSeal(cursorKey ?? RandomNumberGenerator.GetBytes(32));
        _pager = new Pager(_warehouse, runner, seal);
        _reconciler = new Reconciler(_warehouse, runner, _answerer, limits, seal);
        _cache = new AnswerCache(limits.CacheBytes);
        // The other half is for what people turn out to ask.
        _roomToPrepare = limits.CacheBytes / 2;
        _publication = new Publication(MetricModel.Empty, [], [], [], [], _ => MaskSet.Empty, _warehouse.Dialect);
    }

    public MetricCatalog Catalog => Volatile.Read(ref _publication).Catalog;

    public CancellationToken UntilPublished => Volatile.Read(ref _untilPublished).Token;

    /// <summary>
    /// The key of hashed values: a secret, the same for as long as these shall look the same. Default: one of this process.
    /// </summary>
    public string MaskKey { get; init; } = RandomNumberGenerator.GetHexString(64);

    /// <summary>Takes over what a build has published: from here on questions are answered from it.</summary>
    /// <param name="metrics">What the tables mean.</param>
    /// <param name="roles">Who may see what of them.</param>
    /// <param name="classified">The columns of which the project says how sensitive they are.</param>
    /// <param name="cancellationToken">Leaves what was published before.</param>
    public async Task PublishAsync(
        MetricModel metrics,
        IReadOnlyList<RoleDefinition> roles,
        IReadOnlyList<ClassifiedColumn> classified,
        CancellationToken cancellationToken
    )
    {
        var publication = await _reader.ReadAsync(metrics, roles, classified, MaskKey, cancellationToken);
        await _warehouse.RefreshVersionsAsync(cancellationToken);
        Volatile.Write(ref _publication, publication);

        // A definition may have changed without a table changing.
        _cache.Clear();
        await Interlocked.Exchange(ref _untilPublished, new CancellationTokenSource()).CancelAsync();
    }

    /// <summary>Counts the rows that a rollup would have, and those of the table that it aggregates. Reads that table: for whoever keeps the project.</summary>
    public async Task<(long Rows, long RootRows)> CountAsync(RollupTable rollup, CancellationToken cancellationToken)
    {
        var publication = Volatile.Read(ref _publication);
        var dialect = _warehouse.Dialect;
        var root = $"{dialect.Quote(rollup.Root.Schema)}.{dialect.Quote(rollup.Root.Name)}";
        var connection = await _warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var counts = await connection.QueryAsync(
                $"SELECT (SELECT count(*) FROM ({publication.Compiler.CompileRollup(rollup)}) AS r), (SELECT count(*) FROM {root})",
                cancellationToken
            );
            return ((long)counts.Value(0, 0)!, (long)counts.Value(0, 1)!);
        }
    }

    public async ValueTask<Reply> AskAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        // Before the publication: an answer from an older one than the cache stands for is not kept.
        var generation = _cache.Generation;
        var publication = Volatile.Read(ref _publication);
        var text = QuestionText.Of(inquiry.Question);
        var policy = _seams.Policy(inquiry.Question, publication.Policies.Resolve(inquiry.Principal));
        try
        {
            policy.Require(PermissionFor(inquiry));
            var key = _seams.Key(new CacheKey(text, policy.Fingerprint));
            var answer = _cache.Find(key, relation => _warehouse.Versions[relation]);
            var fromCache = answer is not null;
            answer ??= await _flights.RunAsync(
                key,
                token => AnswerAsync(inquiry.Question, key, publication, policy, generation, token),
                cancellationToken
            );
            var elapsed = _time.GetElapsedTime(started);
            Record(inquiry, text, policy, answer.Table.RowCount, elapsed, fromCache, "ok");
            return new Reply(answer, fromCache, elapsed);
        }
        catch (DiagnosticException refused)
        {
            Record(inquiry, text, policy, 0, _time.GetElapsedTime(started), false, refused.Diagnostic.Code);
            throw;
        }
        catch (OperationCanceledException)
        {
            Record(inquiry, text, policy, 0, _time.GetElapsedTime(started), false, "cancelled");
            throw;
        }
    }

    public async ValueTask<Answer?> PrepareAsync(
        Question question,
        Principal principal,
        CancellationToken cancellationToken
    )
    {
        await _admission.IdleAsync(cancellationToken);
        var generation = _cache.Generation;
        var publication = Volatile.Read(ref _publication);
        var policy = publication.Policies.Resolve(principal);
        policy.Require(Permission.View);
        var key = new CacheKey(QuestionText.Of(question), policy.Fingerprint);
        if (_cache.Find(key, relation => _warehouse.Versions[relation]) is { } known)
        {
            return known;
        }

        return _cache.Bytes >= _roomToPrepare
            ? null
            : await _flights.RunAsync(
                key,
                token => AnswerAsync(question, key, publication, policy, generation, token),
                cancellationToken
            );
    }

    public async ValueTask<LineageAnswer> TraceAsync(LineageInquiry inquiry, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var publication = Volatile.Read(ref _publication);
        var policy = publication.Policies.Resolve(inquiry.Principal);
        try
        {
            policy.Require(Permission.Explore);
            if (publication.Relations.Count == 0)
            {
                throw QueryDiagnostics.NothingPublished.With().ToException();
            }

            var map = await _reader.LineageAsync(publication, cancellationToken);
            var answer = new LineageTracer(publication, map, policy).Trace(inquiry.Relation, inquiry.Column);
            Record("ok", answer.Columns.Count);
            return answer;
        }
        catch (DiagnosticException refused)
        {
            Record(refused.Diagnostic.Code, 0);
            throw;
        }

        void Record(string outcome, int columns) =>
            _audit.Record(
                new AuditRecord(
                    _time.GetUtcNow(),
                    inquiry.Principal.Id,
                    inquiry.Path,
                    inquiry.Origin,
                    $"lineage of {inquiry.Relation}{(inquiry.Column is null ? "" : "." + inquiry.Column)}",
                    policy.Fingerprint,
                    columns,
                    _time.GetElapsedTime(started),
                    false,
                    outcome
                )
            );
    }

    public async ValueTask<Passport> IssuePassportAsync(PassportInquiry inquiry, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var publication = Volatile.Read(ref _publication);
        var policy = publication.Policies.Resolve(inquiry.Principal);
        try
        {
            policy.Require(inquiry.Path == QuestionPath.Page ? Permission.View : Permission.Explore);
            if (publication.Relations.Count == 0)
            {
                throw QueryDiagnostics.NothingPublished.With().ToException();
            }

            var map = await _reader.LineageAsync(publication, cancellationToken);
            var changes = await _reader.ChangesAsync(cancellationToken);
            var issuer = new PassportIssuer(publication, policy, map, _warehouse.Versions, changes);
            var passport = issuer.Issue(inquiry.Request);
            Record("ok");
            return passport;
        }
        catch (DiagnosticException refused)
        {
            Record(refused.Diagnostic.Code);
            throw;
        }

        void Record(string outcome) =>
            _audit.Record(
                new AuditRecord(
                    _time.GetUtcNow(),
                    inquiry.Principal.Id,
                    inquiry.Path,
                    inquiry.Origin,
                    $"passport of {QuestionText.Of(new MetricQuestion(inquiry.Request))}",
                    policy.Fingerprint,
                    0,
                    _time.GetElapsedTime(started),
                    false,
                    outcome
                )
            );
    }

    public ValueTask<Reconciliation> ReconcileAsync(ReconcileInquiry inquiry, CancellationToken cancellationToken) =>
        CompareAsync(
            inquiry,
            "gap",
            (publication, policy) =>
                _reconciler.ReconcileAsync(inquiry.Request, publication, policy, cancellationToken),
            answer => answer.Causes.Sum(cause => cause.Rows)
        );

    public ValueTask<GapRows> ReadGapAsync(
        ReconcileInquiry inquiry,
        string cause,
        int size,
        string? cursor,
        CancellationToken cancellationToken
    ) =>
        CompareAsync(
            inquiry,
            $"rows of {cause} of the gap",
            (publication, policy) =>
                _reconciler.ReadAsync(inquiry.Request, cause, size, cursor, publication, policy, cancellationToken),
            answer => answer.Rows.Count
        );

    public async ValueTask ExportAsync(
        Inquiry inquiry,
        ExportFormat format,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        var reply = await AskAsync(inquiry, cancellationToken);
        await AnswerExporter.WriteAsync(_warehouse, reply.Answer.Table, format, output, cancellationToken);
    }

    public void Dispose()
    {
        _copies.Dispose();
        _admission.Dispose();
        _untilPublished.Dispose();
    }

    private async ValueTask<T> CompareAsync<T>(
        ReconcileInquiry inquiry,
        string what,
        Func<Publication, EffectivePolicy, Task<T>> compare,
        Func<T, long> rows
    )
    {
        var started = _time.GetTimestamp();
        var publication = Volatile.Read(ref _publication);
        var policy = publication.Policies.Resolve(inquiry.Principal);
        try
        {
            policy.Require(Permission.Explore);
            var answer = await compare(publication, policy);
            Record("ok", rows(answer));
            return answer;
        }
        catch (DiagnosticException refused)
        {
            Record(refused.Diagnostic.Code, 0);
            throw;
        }
        catch (OperationCanceledException)
        {
            Record("cancelled", 0);
            throw;
        }

        void Record(string outcome, long count) =>
            _audit.Record(
                new AuditRecord(
                    _time.GetUtcNow(),
                    inquiry.Principal.Id,
                    inquiry.Path,
                    inquiry.Origin,
                    QuestionText.Of(inquiry.Request, what),
                    policy.Fingerprint,
                    count,
                    _time.GetElapsedTime(started),
                    false,
                    outcome
                )
            );
    }

    private static Permission PermissionFor(Inquiry inquiry) =>
        inquiry switch
        {
            { Path: QuestionPath.Page or QuestionPath.Export } => Permission.View,
            { Question: SqlQuestion } => Permission.Sql,
            _ => Permission.Explore,
        };

    private async Task<Answer> AnswerAsync(
        Question question,
        CacheKey key,
        Publication publication,
        EffectivePolicy policy,
        long generation,
        CancellationToken cancellationToken
    )
    {
        var found = question is PageQuestion page
            ? await _pager.AnswerAsync(page, publication, policy, cancellationToken)
            : await _answerer.AnswerAsync(question, publication, policy, cancellationToken);
        var json = AnswerEncoding.Json(found.Table, found.NextCursor);
        var answer = new Answer(
            found.Table,
            found.Sql,
            AnswerEncoding.EntityTag(_instance, key, found.Read),
            found.Read,
            json
        )
        {
            NextCursor = found.NextCursor,
            Rollups = found.Rollups,
        };
        if (found.MayBeKept)
        {
            _cache.Store(key, answer, generation);
        }

        return answer;
    }

    private void Record(
        Inquiry inquiry,
        string text,
        EffectivePolicy policy,
        long rows,
        TimeSpan elapsed,
        bool fromCache,
        string outcome
    ) =>
        _audit.Record(
            new AuditRecord(
                _time.GetUtcNow(),
                inquiry.Principal.Id,
                inquiry.Path,
                inquiry.Origin,
                text,
                policy.Fingerprint,
                rows,
                elapsed,
                fromCache,
                outcome
            )
        );
}
