using System.Collections.Concurrent;
using Npgsql;

namespace Headwater.Warehouse.Postgres;

/// <summary>
/// Which of a database's own types have their text as binary form, as enums do. Asked once for each type, on a connection beside the one that reads. Safe for
/// several threads.
/// </summary>
internal sealed class PostgresTypeCatalog(NpgsqlDataSource source)
{
    private readonly ConcurrentDictionary<uint, bool> _isText = new();

    /// <summary>Whether the type is known to be read as text; a type that its transaction has just made is not.</summary>
    public async ValueTask<bool> IsTextAsync(uint oid, CancellationToken cancellationToken)
    {
        if (_isText.TryGetValue(oid, out var known))
        {
            return known;
        }

        await using var command = source.CreateCommand("SELECT typtype = 'e' FROM pg_type WHERE oid = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = oid, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid });
        if (await command.ExecuteScalarAsync(cancellationToken) is not bool isText)
        {
            return false;
        }

        _isText[oid] = isText;
        return isText;
    }
}
