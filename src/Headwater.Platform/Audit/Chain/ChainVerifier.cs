using System.Buffers;
using Headwater.Platform.Catalog;

namespace Headwater.Platform.Audit.Chain;

/// <summary>
/// Checks the audit log from its first record: in the segments, where lines are as they were written, and in the catalog, where each row is written as
/// its line again. The two must tell the same story. Costs the size of the log.
/// </summary>
internal sealed class ChainVerifier(CatalogStore catalog, string folder)
{
    private const int RowsAtOnce = 20_000;
    private const string Table = "the catalog's table of audit records";

    /// <param name="recorded">The number of the last record that was known to be recorded.</param>
    /// <param name="against">A genuine head of earlier, or null.</param>
    public async Task<ChainReport> VerifyAsync(long recorded, SignedHead? against, CancellationToken cancellationToken)
    {
        var imported = await catalog.ReadAsync(
            session => session.Read("select coalesce(max(sequence), 0) from audit", row => row.Number(0))[0],
            cancellationToken
        );
        var last = Math.Max(recorded, imported);
        var segments = await WalkSegmentsAsync(last, cancellationToken);
        var rows = new ChainWalk(Table, last);
        var unchained = await catalog.ReadAsync(
            session => session.Read("select count(*) from audit where sequence is null", row => row.Number(0))[0],
            cancellationToken
        );
        while (await WalkRowsAsync(rows, last, cancellationToken)) { }

        var flaws = segments.Flaws.Concat(rows.Flaws).ToList();
        flaws.AddRange(await ShortSegmentsAsync(cancellationToken));
        if (rows.Sequence == segments.Sequence && rows.Head.Text != segments.Head.Text)
        {
            flaws.Add(new ChainFlaw(ChainFlawKind.Changed, Table, rows.Sequence, rows.Sequence));
        }
        else if (rows.Sequence != segments.Sequence)
        {
            // Everything was imported before: whichever has less has lost its end.
            var (less, more) = (Math.Min(rows.Sequence, segments.Sequence), Math.Max(rows.Sequence, segments.Sequence));
            var place = rows.Sequence < segments.Sequence ? Table : folder;
            flaws.Add(new ChainFlaw(ChainFlawKind.Missing, place, less + 1, more));
        }

        if (against is not null && await FlawBeforeAsync(against, rows.Sequence, cancellationToken) is { } flaw)
        {
            flaws.Add(flaw);
        }

        return new ChainReport(rows.Records, unchained, rows.Head, [.. flaws.Distinct()]);
    }

    private async Task<ChainFlaw?> FlawBeforeAsync(SignedHead head, long last, CancellationToken cancellationToken)
    {
        if (head.Sequence > last)
        {
            return new ChainFlaw(ChainFlawKind.Missing, Table, last + 1, head.Sequence);
        }

        var digest = await catalog.ReadAsync(
            session =>
                session
                    .Read("select digest from audit where sequence = $1", row => row.TextOrNull(0), head.Sequence)
                    .FirstOrDefault(),
            cancellationToken
        );
        return head.Sequence == 0 || digest == head.Digest
            ? null
            : new ChainFlaw(ChainFlawKind.Changed, Table, 1, head.Sequence);
    }

    private async Task<ChainWalk> WalkSegmentsAsync(long last, CancellationToken cancellationToken)
    {
        var walk = new ChainWalk(folder, last);
        foreach (var path in Directory.EnumerateFiles(folder, "*.ndjson").Order(StringComparer.Ordinal))
        {
            walk.Place = Path.GetFileName(path);
            var text = await ReadAsync(path, cancellationToken);
            foreach (var line in text.AsSpan().Split((byte)'\n'))
            {
                if (ChainedLine.TryRead(text.AsSpan(line), out var link))
                {
                    walk.Add(link);
                }
            }
        }

        return walk;
    }

    private Task<bool> WalkRowsAsync(ChainWalk walk, long last, CancellationToken cancellationToken) =>
        catalog.ReadAsync(
            session =>
            {
                var rows = AuditRows.Read(session, walk.Sequence, last, RowsAtOnce);
                var buffer = new ArrayBufferWriter<byte>(1024);
                using var json = AuditLine.Writer(buffer);
                foreach (var row in rows)
                {
                    buffer.ResetWrittenCount();
                    AuditLine.WriteAgain(row.Record, row.Sequence, row.Digest, json, buffer);
                    if (ChainedLine.TryRead(buffer.WrittenSpan, out var link))
                    {
                        walk.Add(link);
                    }
                }

                return rows.Count > 0;
            },
            cancellationToken
        );

    // A segment that is shorter than what was read from it has lost its end, even where the catalog has lost it too.
    private async Task<IReadOnlyList<ChainFlaw>> ShortSegmentsAsync(CancellationToken cancellationToken)
    {
        var imported = await catalog.ReadAsync(
            session =>
                session.Read(
                    "select name, imported_bytes from audit_segments order by name",
                    row => (Name: row.Text(0), Bytes: row.Number(1))
                ),
            cancellationToken
        );
        return
        [
            .. imported
                .Where(item =>
                    new FileInfo(Path.Combine(folder, item.Name)) is var file
                    && (!file.Exists || file.Length < item.Bytes)
                )
                .Select(item => new ChainFlaw(ChainFlawKind.Missing, item.Name, 0, 0)),
        ];
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var text = new byte[file.Length];
        await file.ReadExactlyAsync(text, cancellationToken);
        return text;
    }
}
