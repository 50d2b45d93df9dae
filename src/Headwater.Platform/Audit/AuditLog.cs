using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Headwater.Metrics.Planning.Passes.Rollups.Suggesting;
using Headwater.Platform.Audit.Chain;
using Headwater.Platform.Catalog;
using Headwater.Query;
using Headwater.Query.Audit;

namespace Headwater.Platform.Audit;

/// <summary>
/// The audit log: a record is appended to a segment file before its answer leaves, brought to the disk in groups, and imported into the
/// catalog by <see cref="ImportAsync"/>, each exactly once: the place up to which a segment is imported is committed with its records.
/// Safe for several threads.
/// </summary>
public sealed class AuditLog : IAuditSink, IDisposable
{
    /// <summary>Bytes of records that one transaction imports: some thousand of them.</summary>
    private const int ImportBytes = 512 * 1024;

    /// <summary>How much longer an import that is not to be noticed rests than it works.</summary>
    private const int RestsPerWork = 4;

    private readonly Lock _gate = new();

    // Records wait for each other, never for the disk: who flushes or closes holds this one.
    private readonly Lock _disk = new();
    private readonly SemaphoreSlim _importing = new(1);
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly Utf8JsonWriter _json;
    private readonly CatalogStore _catalog;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly List<AuditSegment> _full = [];

    // Segments of which nothing is left to import. Only for the importer.
    private readonly HashSet<string> _imported = new(StringComparer.Ordinal);
    private AuditSegment _segment;
    private ChainHead _head;
    private string _lastName;
    private bool _closed;

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW7004; HW7005: there is no room for a segment.</exception>
    internal AuditLog(string folder, CatalogStore catalog, TimeProvider time)
    {
        PrivateFolder.Create(folder);
        _folder = folder;
        _catalog = catalog;
        _time = time;
        _json = AuditLine.Writer(_line);
        (_head, _lastName) = LastLink.Find(folder);
        _segment = NewSegment();
    }

    /// <inheritdoc/>
    public void Record(AuditRecord record)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _line.ResetWrittenCount();
            var digest = AuditLine.WriteNext(record, _head, _json, _line);
            MemoryMarshal.TryGetArray(_line.WrittenMemory[ChainHead.DigestBytes..], out var line);
            if (!_segment.TryAppend(line))
            {
                // First the new one: without room for it the old one stays, and is not closed.
                var next = NewSegment();
                _full.Add(_segment);
                _segment = next;
                _segment.TryAppend(line);
            }

            _head = new ChainHead(_head.Sequence + 1, digest);
        }
    }

    /// <summary>Where the chain of records stands.</summary>
    public ChainHead Head
    {
        get
        {
            lock (_gate)
            {
                return _head;
            }
        }
    }

    /// <summary>Where the chain stands, signed.</summary>
    public async Task<SignedHead> SignHeadAsync(CancellationToken cancellationToken)
    {
        await ImportAsync(quietly: false, cancellationToken);
        Flush();
        using var key = HeadKey.Open(_folder);
        return SignedHead.Sign(Head, _time.GetUtcNow(), key);
    }

    /// <summary>Checks every record against the chain. Costs the size of the log.</summary>
    /// <param name="against">A genuine head of earlier, which the chain must still go through; null for none.</param>
    public async Task<ChainReport> VerifyAsync(SignedHead? against, CancellationToken cancellationToken)
    {
        // What is recorded while it is checked is for the next time.
        var last = Head.Sequence;
        await ImportAsync(quietly: false, cancellationToken);
        return await new ChainVerifier(_catalog, _folder).VerifyAsync(last, against, cancellationToken);
    }

    /// <summary>Brings to the disk all that was recorded. Called about once a second.</summary>
    internal void Flush()
    {
        lock (_disk)
        {
            AuditSegment segment;
            AuditSegment[] full;
            lock (_gate)
            {
                if (_closed)
                {
                    return;
                }

                segment = _segment;
                full = [.. _full];
                _full.Clear();
            }

            Array.ForEach(full, each => each.Dispose());
            segment.Flush();
        }
    }

    /// <summary>The questions about metrics that were answered by running them, those that took most time first. Those of the last minute may be missing.</summary>
    /// <param name="most">Most different questions.</param>
    public async Task<IReadOnlyList<AskedQuestion>> QuestionsAsync(int most, CancellationToken cancellationToken)
    {
        var found = await _catalog.ReadAsync(
            session =>
                session
                    .Read(
                        """
                        select what, count(*)::bigint, sum(elapsed_us)::bigint from audit
                        where outcome = 'ok' and not from_cache and starts_with(what, 'metrics ')
                        group by what order by 3 desc, 1 limit $1
                        """,
                        row =>
                            (
                                What: row.Text(0),
                                Times: row.Number(1),
                                Elapsed: TimeSpan.FromMicroseconds(row.Number(2))
                            ),
                        (long)most
                    )
                    .ToList(),
            cancellationToken
        );
        return
        [
            .. found
                .Select(item =>
                    AskedText.Read(item.What) is { } request
                        ? new AskedQuestion(request, item.Times, item.Elapsed)
                        : null
                )
                .OfType<AskedQuestion>(),
        ];
    }

    /// <summary>Imports what is recorded into the catalog. Who comes second waits.</summary>
    /// <param name="quietly">
    /// With pauses, so that it takes a fifth of a processor at most: who asks at the same time is not to wait for it. What is recorded faster than
    /// that stays in segments until there is less to do.
    /// </param>
    /// <returns>Records imported.</returns>
    internal async Task<long> ImportAsync(bool quietly, CancellationToken cancellationToken)
    {
        await _importing.WaitAsync(cancellationToken);
        try
        {
            return await ImportAllAsync(quietly, cancellationToken);
        }
        finally
        {
            _importing.Release();
        }
    }

    private async Task<long> ImportAllAsync(bool quietly, CancellationToken cancellationToken)
    {
        var imported = 0L;
        // Behind what is written by now a line may be half there, with later ones already whole; and an import must end.
        string current;
        long writtenNow;
        lock (_gate)
        {
            (current, writtenNow) = (_segment.Path, _segment.Length);
        }

        foreach (var path in Directory.EnumerateFiles(_folder, "*.ndjson").Order(StringComparer.Ordinal).ToList())
        {
            if (_imported.Contains(path) || string.CompareOrdinal(path, current) > 0)
            {
                continue;
            }

            long records;
            do
            {
                var started = _time.GetTimestamp();
                records = await ImportNextAsync(path, path == current ? writtenNow : long.MaxValue, cancellationToken);
                imported += records;
                if (quietly && records > 0)
                {
                    await Task.Delay(RestsPerWork * _time.GetElapsedTime(started), _time, cancellationToken);
                }
            } while (records > 0);
            if (string.CompareOrdinal(path, current) < 0)
            {
                _imported.Add(path);
            }
        }

        return imported;
    }

    public void Dispose()
    {
        lock (_disk)
        {
            lock (_gate)
            {
                if (!_closed)
                {
                    _closed = true;
                    _full.ForEach(each => each.Dispose());
                    _segment.Dispose();
                    _json.Dispose();
                    _importing.Dispose();
                }
            }
        }
    }

    // Names sort by time, so that segments are read in the order in which they were written: also where a clock was set back.
    private AuditSegment NewSegment()
    {
        var time = _time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        if (_lastName.Length > time.Length && string.CompareOrdinal(time, _lastName) < 0)
        {
            time = _lastName[..time.Length];
        }

        for (var number = 0; ; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{time}-{number:0000}.ndjson");
            if (string.CompareOrdinal(name, _lastName) > 0)
            {
                var segment = Reserve(Path.Combine(_folder, name));
                _lastName = name;
                return segment;
            }
        }
    }

    private static AuditSegment Reserve(string path)
    {
        try
        {
            return new AuditSegment(path);
        }
        catch (IOException exception) when (FullDisk.Caused(exception))
        {
            throw FullDisk.ToException(exception);
        }
    }

    private Task<long> ImportNextAsync(string path, long written, CancellationToken cancellationToken) =>
        _catalog.WriteAsync(
            session =>
            {
                var name = Path.GetFileName(path);
                var from = session
                    .Read("select imported_bytes from audit_segments where name = $1", row => row.Number(0), name)
                    .FirstOrDefault();
                var (records, bytes) = ReadLines(path, from, written);
                if (bytes == 0)
                {
                    return 0L;
                }

                AuditRows.Insert(session, records);
                session.Execute(
                    """
                    insert into audit_segments (name, imported_bytes) values ($1, $2)
                    on conflict (name) do update set imported_bytes = excluded.imported_bytes
                    """,
                    name,
                    from + bytes
                );
                return records.Count;
            },
            cancellationToken
        );

    /// <summary>The whole lines from a place on, and how many bytes they take. A line that is still being written is left for later.</summary>
    private static (List<AuditRow> Records, int Bytes) ReadLines(string path, long from, long written)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var length = (int)Math.Min(ImportBytes, Math.Min(RandomAccess.GetLength(file), written) - from);
        if (length <= 0)
        {
            return ([], 0);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var text = buffer.AsSpan(0, RandomAccess.Read(file, buffer.AsSpan(0, length), from));
            var end = text.LastIndexOf((byte)'\n') + 1;
            var records = new List<AuditRow>();
            foreach (var line in text[..end].Split((byte)'\n'))
            {
                if (AuditLine.Read(text[line]) is { } record)
                {
                    records.Add(record);
                }
            }

            return (records, end);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
