using System.Security.Cryptography;
using System.Text;
using Headwater.Kernel.Names;
using Headwater.Query.Caching;
using Headwater.Query.Execution;
using Headwater.Query.Policies;
using Headwater.Query.Publishing;
using Headwater.Query.UserSql.Rewriting;
using Headwater.Warehouse.Port;

namespace Headwater.Query.UserSql;

/// <summary>
/// Copies of the rows that a policy permits, in a database in memory of its own. User SQL under row rules reads these and never the tables: a filtering
/// subquery is no barrier, because the engine may evaluate a user's expression on a forbidden row before it filters, and an error then tells its
/// text. Made on demand for a table, policy and version; the least recently used go when there are too many rows. Safe for several threads.
/// </summary>
internal sealed class PermittedCopies(IWarehouse warehouse, QueryLimits limits) : IDisposable
{
    private const int CapacityInTables = 8;

    private readonly string _catalog = "permitted_" + RandomNumberGenerator.GetHexString(12, lowercase: true);
    private readonly SingleFlight<string, bool> _making = new();
    private readonly SemaphoreSlim _attaching = new(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Copy> _copies = new(StringComparer.Ordinal);
    private bool _attached;
    private long _uses;

    /// <summary>Where the permitted rows of a relation are, or will be once <see cref="MakeAsync"/> has run.</summary>
    public TableTarget TargetOf(ReachableRelation relation, Publication publication, EffectivePolicy policy) =>
        new(_catalog, new RelationName("main", NameOf(relation, publication, policy)));

    /// <summary>Makes the copies that are not there yet.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW5113: too many permitted rows.</exception>
    public async Task MakeAsync(
        IReadOnlyList<ReachableRelation> relations,
        Publication publication,
        EffectivePolicy policy,
        CancellationToken cancellationToken
    )
    {
        await AttachAsync(cancellationToken);
        foreach (var relation in relations.Where(relation => !policy.SeesWhole(relation.Name)))
        {
            var name = NameOf(relation, publication, policy);
            if (!Touch(name))
            {
                await _making.RunAsync(
                    name,
                    async token =>
                    {
                        // Made meanwhile by a flight that has just landed.
                        if (!Touch(name))
                        {
                            Keep(name, await CopyAsync(name, relation, publication, policy, token));
                            await EvictAsync(token);
                        }

                        return true;
                    },
                    cancellationToken
                );
            }
        }
    }

    public void Dispose() => _attaching.Dispose();

    private string NameOf(ReachableRelation relation, Publication publication, EffectivePolicy policy)
    {
        var text = new StringBuilder().Append(relation.Name).Append('|').Append(policy.Fingerprint);
        // The rules' own tables count too: who belongs to a region may change without the facts changing.
        foreach (
            var input in publication.Inputs([
                relation.Name,
                .. publication.Metrics.Models.Select(model => model.Relation),
            ])
        )
        {
            text.Append('|').Append(input).Append('=').Append(warehouse.Versions[input]);
        }

        return "rows_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 16);
    }

    private async Task<long> CopyAsync(
        string name,
        ReachableRelation relation,
        Publication publication,
        EffectivePolicy policy,
        CancellationToken cancellationToken
    )
    {
        var permitted = publication.RuleFilter.PermittedRows(relation.Name, policy.Access)!;
        var table = $"{_catalog}.main.{name}";
        var connection = await warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            // Shape first, rows second: parameters cannot stand in a CREATE TABLE AS. One transaction, so that nobody reads half a copy.
            await connection.BeginAsync(cancellationToken);
            await connection.ExecuteAsync(
                $"CREATE TABLE {table} AS SELECT {Shape(relation, policy)} FROM {Quoted(relation.Name)} LIMIT 0",
                cancellationToken
            );
            var rows = await connection.ExecuteAsync(
                QueryRunner.Command(
                    permitted with
                    {
                        Text = $"INSERT INTO {table} {permitted.Text} LIMIT {limits.CopyRows + 1}",
                    }
                ),
                cancellationToken
            );
            if (rows > limits.CopyRows)
            {
                await connection.RollbackAsync(cancellationToken);
                throw QueryDiagnostics.CopyTooLarge.With(relation.Name.Name).ToException();
            }

            await connection.CommitAsync(cancellationToken);
            return rows;
        }
    }

    private string Shape(ReachableRelation relation, EffectivePolicy policy) =>
        policy.Access.Masks.Find(relation.Name)?.Select(warehouse.Dialect, () => "''") ?? "*";

    private async Task AttachAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _attached))
        {
            return;
        }

        await _attaching.WaitAsync(cancellationToken);
        try
        {
            if (!_attached)
            {
                var connection = await warehouse.ConnectAsync(cancellationToken);
                await using (connection)
                {
                    await connection.ExecuteAsync($"ATTACH ':memory:' AS {_catalog}", cancellationToken);
                }

                Volatile.Write(ref _attached, true);
            }
        }
        finally
        {
            _attaching.Release();
        }
    }

    private bool Touch(string name)
    {
        lock (_gate)
        {
            if (!_copies.TryGetValue(name, out var copy))
            {
                return false;
            }

            _copies[name] = copy with { LastUse = ++_uses };
            return true;
        }
    }

    private void Keep(string name, long rows)
    {
        lock (_gate)
        {
            _copies[name] = new Copy(rows, ++_uses);
        }
    }

    private async Task EvictAsync(CancellationToken cancellationToken)
    {
        foreach (var name in TakeSurplus())
        {
            var connection = await warehouse.ConnectAsync(cancellationToken);
            await using (connection)
            {
                // Whoever reads it now keeps reading: the engine drops it when the last reader is done.
                await connection.ExecuteAsync($"DROP TABLE IF EXISTS {_catalog}.main.{name}", cancellationToken);
            }
        }
    }

    private List<string> TakeSurplus()
    {
        lock (_gate)
        {
            var surplus = new List<string>();
            var rows = _copies.Values.Sum(copy => copy.Rows);
            foreach (var (name, copy) in _copies.OrderBy(item => item.Value.LastUse).ToList())
            {
                if (rows <= limits.CopyRows * CapacityInTables || _copies.Count == 1)
                {
                    break;
                }

                rows -= copy.Rows;
                _copies.Remove(name);
                surplus.Add(name);
            }

            return surplus;
        }
    }

    private string Quoted(RelationName relation) =>
        $"{warehouse.Dialect.Quote(relation.Schema)}.{warehouse.Dialect.Quote(relation.Name)}";

    private sealed record Copy(long Rows, long LastUse);
}
