using System.Security.Cryptography;
using Headwater.Platform.Catalog;

namespace Headwater.Platform.Runs;

/// <summary>The history of landings and builds. Safe for several threads.</summary>
public sealed class RunStore
{
    private const string RunColumns = "id, kind, cause, state, started_at, ended_at, message";
    private const string LandingColumns =
        "source, stream, state, landed_at, elapsed_ms, files, rows_read, rows_landed, rows_quarantined, message";

    private readonly CatalogStore _catalog;
    private readonly TimeProvider _time;

    // Every page shows how fresh its data is. One process writes the catalog, and it forgets these when it lands something.
    private volatile LastLandings? _lastLandings;

    internal RunStore(CatalogStore catalog, TimeProvider time)
    {
        _catalog = catalog;
        _time = time;
    }

    /// <summary>Notes that a run has started.</summary>
    /// <param name="cause">Why: <c>schedule</c>, <c>start</c>, or a user's name.</param>
    public async Task<Run> StartAsync(RunKind kind, string cause, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        // Sorts by time, so that a listing needs no second key; the tail keeps two of one millisecond apart.
        var id = $"{now.ToUnixTimeMilliseconds():x11}{RandomNumberGenerator.GetHexString(5, lowercase: true)}";
        var run = new Run(id, kind, cause, RunState.Running, now, null, null);
        await _catalog.WriteAsync(
            session =>
                session.Execute(
                    $"insert into runs ({RunColumns}) values ($1, $2, $3, $4, $5, $6, $7)",
                    id,
                    Word(kind),
                    cause,
                    Word(run.State),
                    now,
                    null,
                    null
                ),
            cancellationToken
        );
        return run;
    }

    /// <summary>Adds the results of nodes, in order, to a run.</summary>
    public Task AddNodesAsync(Run run, IReadOnlyList<NodeResult> nodes, CancellationToken cancellationToken) =>
        _catalog.WriteAsync(
            session =>
            {
                var ordinal = session.Read(
                    "select count(*) from run_nodes where run_id = $1",
                    row => row.Number(0),
                    run.Id
                )[0];
                foreach (var node in nodes)
                {
                    session.Execute(
                        "insert into run_nodes values ($1, $2, $3, $4, $5, $6, $7, $8)",
                        run.Id,
                        ordinal++,
                        node.Node,
                        node.Kind,
                        Word(node.State),
                        Millis(node.Elapsed),
                        node.Rows,
                        node.Message
                    );
                }
            },
            cancellationToken
        );

    /// <summary>Adds the results of landings to a run.</summary>
    public async Task AddLandingsAsync(
        Run run,
        IReadOnlyList<LandingResult> landings,
        CancellationToken cancellationToken
    )
    {
        await _catalog.WriteAsync(
            session =>
            {
                foreach (var landing in landings)
                {
                    session.Execute(
                        $"insert into landings (run_id, {LandingColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                        run.Id,
                        landing.Source,
                        landing.Stream,
                        Word(landing.State),
                        landing.LandedAt,
                        Millis(landing.Elapsed),
                        landing.Files,
                        landing.RowsRead,
                        landing.RowsLanded,
                        landing.RowsQuarantined,
                        landing.Message
                    );
                }
            },
            cancellationToken
        );
        _lastLandings = null;
    }

    /// <summary>Notes how a run ended.</summary>
    public Task FinishAsync(Run run, RunState state, string? message, CancellationToken cancellationToken) =>
        _catalog.WriteAsync(
            session =>
                session.Execute(
                    "update runs set state = $2, ended_at = $3, message = $4 where id = $1",
                    run.Id,
                    Word(state),
                    _time.GetUtcNow(),
                    message
                ),
            cancellationToken
        );

    /// <summary>The newest runs first.</summary>
    public Task<List<Run>> ListAsync(int most, CancellationToken cancellationToken) =>
        _catalog.ReadAsync(
            session => session.Read($"select {RunColumns} from runs order by id desc limit $1", ToRun, most),
            cancellationToken
        );

    public Task<RunDetail?> FindAsync(string id, CancellationToken cancellationToken) =>
        _catalog.ReadAsync(
            session =>
                session.Read($"select {RunColumns} from runs where id = $1", ToRun, id) is [var run]
                    ? new RunDetail(
                        run,
                        session.Read(
                            $"select {LandingColumns} from landings where run_id = $1 order by source, stream",
                            ToLanding,
                            id
                        ),
                        session.Read(
                            "select node, kind, state, elapsed_ms, row_count, message from run_nodes where run_id = $1 order by ordinal",
                            ToNode,
                            id
                        )
                    )
                    : null,
            cancellationToken
        );

    /// <summary>The last landings of each stream. Kept in memory between landings.</summary>
    public async ValueTask<LastLandings> LastLandingsAsync(CancellationToken cancellationToken) =>
        _lastLandings ??= await _catalog.ReadAsync(
            session => new LastLandings(
                ReadLast(session, "true"),
                ReadLast(session, "files > 0 and state <> 'failed'")
            ),
            cancellationToken
        );

    /// <summary>What came of each node when it last ran.</summary>
    public Task<List<LastNodeResult>> LastNodesAsync(CancellationToken cancellationToken) =>
        _catalog.ReadAsync(
            session =>
                session.Read(
                    """
                    select node, ranked.kind, ranked.state, elapsed_ms, row_count, ranked.message, started_at from (
                      select *, row_number() over (partition by node, kind order by run_id desc) as place
                      from run_nodes where state <> 'skipped'
                    ) ranked join runs on runs.id = run_id where place = 1
                    """,
                    row => new LastNodeResult(ToNode(row), row.Time(6))
                ),
            cancellationToken
        );

    private static List<LandingResult> ReadLast(CatalogSession session, string condition) =>
        session.Read(
            $"""
            select {LandingColumns} from (
              select *, row_number() over (partition by source, stream order by landed_at desc) as place from landings where {condition}
            ) ranked where place = 1 order by source, stream
            """,
            ToLanding
        );

    /// <summary>Marks the runs that a process left behind when it ended.</summary>
    internal Task LoseRunningAsync(CancellationToken cancellationToken) =>
        _catalog.WriteAsync(
            session =>
                session.Execute(
                    "update runs set state = $1, ended_at = $2, message = $3 where state = $4",
                    Word(RunState.Lost),
                    _time.GetUtcNow(),
                    "The process ended before the run did. Nothing of it was published.",
                    Word(RunState.Running)
                ),
            cancellationToken
        );

    private static Run ToRun(CatalogRow row) =>
        new(
            row.Text(0),
            Enum.Parse<RunKind>(row.Text(1), ignoreCase: true),
            row.Text(2),
            StateOf(row.Text(3)),
            row.Time(4),
            row.TimeOrNull(5),
            row.TextOrNull(6)
        );

    private static NodeResult ToNode(CatalogRow row) =>
        new(
            row.Text(0),
            row.Text(1),
            StateOf(row.Text(2)),
            TimeSpan.FromMilliseconds(row.Number(3)),
            row.NumberOrNull(4),
            row.TextOrNull(5)
        );

    private static LandingResult ToLanding(CatalogRow row) =>
        new(
            row.Text(0),
            row.Text(1),
            StateOf(row.Text(2)),
            row.Time(3),
            TimeSpan.FromMilliseconds(row.Number(4)),
            row.Number(5),
            row.Number(6),
            row.Number(7),
            row.Number(8),
            row.TextOrNull(9)
        );

    private static RunState StateOf(string text) => Enum.Parse<RunState>(text, ignoreCase: true);

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();

    private static long Millis(TimeSpan elapsed) => (long)elapsed.TotalMilliseconds;
}
