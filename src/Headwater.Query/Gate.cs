using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
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
using Headwater.Query.Tracing;
using Headwater.Query.UserSql;
using Headwater.Sql;
using Headwater.Sql.Lineage;
using Headwater.Warehouse;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers.Json;

namespace Headwater.Query;

/// <summary>The gate over one warehouse. Answers from the last publication; safe for several threads.</summary>
public sealed class Gate : IGate, IDisposable
{
    private readonly IWarehouse _warehouse;
    private readonly IAuditSink _audit;
    private readonly TimeProvider _time;
    private readonly AdmissionQueue _admission;
    private readonly Answerer _answerer;
    private readonly Pager _pager;
    private readonly PermittedCopies _copies;
    private readonly AnswerCache _cache;
    private readonly SingleFlight<CacheKey, Answer> _flights = new();

    // Tells answers of two lives of the process apart: versions may start again with a new warehouse.
    private readonly string _instance = RandomNumberGenerator.GetHexString(16);
    private readonly long _roomToPrepare;
    private CancellationTokenSource _untilPublished = new();
    private Publication _publication;
    private PublishedMap? _lineage;

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
    {
        _warehouse = warehouse.Warehouse;
        _audit = audit;
        _time = time;
        _admission = new AdmissionQueue(limits.Concurrency, limits.Waiting);
        _copies = new PermittedCopies(_warehouse, limits);
        var runner = new QueryRunner(_warehouse, limits, _admission);
        _answerer = new Answerer(_warehouse, runner, _copies);
        _pager = new Pager(_warehouse, runner, new CursorSeal(cursorKey ?? RandomNumberGenerator.GetBytes(32)));
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
        var relations = await RelationReader.ReadAsync(_warehouse, cancellationToken);
        var masks = await ReadMasksAsync(roles, relations, classified, cancellationToken);
        var (proofs, rollups) = await ReadFindingsAsync(cancellationToken);
        await _warehouse.RefreshVersionsAsync(cancellationToken);
        Volatile.Write(
            ref _publication,
            new Publication(metrics, roles, relations, proofs, rollups, masks, _warehouse.Dialect)
        );

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
        var policy = publication.Policies.Resolve(inquiry.Principal);
        try
        {
            policy.Require(PermissionFor(inquiry));
            var key = new CacheKey(text, policy.Fingerprint);
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

            var map = await ReadLineageAsync(publication, cancellationToken);
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

            var map = await ReadLineageAsync(publication, cancellationToken);
            var changes = await ReadChangesAsync(cancellationToken);
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

    // Read when first asked for, and again when something else is published. Two who ask at once may both read it: that does no harm.
    private async ValueTask<LineageMap> ReadLineageAsync(Publication publication, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _lineage) is { } known && known.Publication == publication)
        {
            return known.Map;
        }

        var connection = await _warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var documents = await PublishedLineage.ReadAllAsync(connection, cancellationToken);
            var map = new LineageMap(documents.Select(LineageJson.Read));
            Volatile.Write(ref _lineage, new PublishedMap(publication, map));
            return map;
        }
    }

    // The map of tags costs the size of the lineage: only where somebody masks anything.
    private async Task<Func<IReadOnlyList<RoleDefinition>, MaskSet>> ReadMasksAsync(
        IReadOnlyList<RoleDefinition> roles,
        IReadOnlyList<ReachableRelation> relations,
        IReadOnlyList<ClassifiedColumn> classified,
        CancellationToken cancellationToken
    )
    {
        if (roles.All(role => role.Masks.Count == 0))
        {
            return _ => MaskSet.Empty;
        }

        var connection = await _warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var documents = await PublishedLineage.ReadAllAsync(connection, cancellationToken);
            var lineage = new LineageMap(documents.Select(LineageJson.Read));
            var tags = new TagMap(relations, [.. classified, .. NamedTags.Of(roles, relations)], lineage);
            return held => MaskSet.Of(held, relations, tags, MaskKey);
        }
    }

    private async Task<IReadOnlyDictionary<RelationName, DateTimeOffset>> ReadChangesAsync(
        CancellationToken cancellationToken
    )
    {
        var connection = await _warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            return await PublishedVersions.ReadTimesAsync(connection, cancellationToken);
        }
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
        var json = Encode(found.Table, found.NextCursor);
        var answer = new Answer(found.Table, found.Sql, EntityTag(key, found.Read), found.Read, json)
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

    private async Task<(IReadOnlyList<PublishedProof>, IReadOnlyList<PublishedRollup>)> ReadFindingsAsync(
        CancellationToken cancellationToken
    )
    {
        var connection = await _warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            return (
                await PublishedProofs.ReadAllAsync(connection, cancellationToken),
                await PublishedRollups.ReadAllAsync(connection, cancellationToken)
            );
        }
    }

    private static ReadOnlyMemory<byte> Encode(ResultTable table, string? nextCursor)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        CompactJsonWriter.Write(table, buffer);
        if (nextCursor is not null)
        {
            // Base64: nothing in it needs an escape. It stands before the closing bracket.
            return (byte[])
                [.. buffer.WrittenSpan[..^1], .. Encoding.UTF8.GetBytes($",\"next_cursor\":\"{nextCursor}\"}}")];
        }

        return buffer.WrittenMemory.ToArray();
    }

    private string EntityTag(CacheKey key, IReadOnlyList<RelationVersion> versions)
    {
        var text = new StringBuilder(_instance).Append('|').Append(key.Policy).Append('|').Append(key.Question);
        foreach (var version in versions)
        {
            text.Append('|').Append(version.Relation).Append('=').Append(version.Version);
        }

        return $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 12)}\"";
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

    private sealed record PublishedMap(Publication Publication, LineageMap Map);
}
