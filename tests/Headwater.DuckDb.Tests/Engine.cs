using System.Text;
using Headwater.DuckDb.Database;
using Headwater.DuckDb.Results;
using Headwater.DuckDb.Statements;

namespace Headwater.DuckDb.Tests;

/// <summary>An engine in memory with one connection, and short ways to ask it.</summary>
internal sealed class Engine : IDisposable
{
    private static readonly Dictionary<string, string> NoSettings = [];

    private readonly DuckDbDatabase _database = DuckDbDatabase.Open(null, NoSettings);

    public Engine() => Connection = _database.Connect();

    public DuckDbConnection Connection { get; }

    public void Execute(string sql) => Connection.Execute(sql);

    /// <summary>The only value of a statement as text, cast by the engine; null for null.</summary>
    public string? Text(string sql, params DuckDbValue[] parameters)
    {
        using var statement = Connection.Prepare(sql);
        for (var index = 0; index < parameters.Length; index++)
        {
            statement.Bind(index + 1, parameters[index]);
        }

        using var result = statement.ExecuteStreaming(CancellationToken.None);
        using var chunk = result.Fetch(CancellationToken.None)!;
        var view = chunk.Vector(0);
        return !view.Validity.IsEmpty && (view.Validity[0] & 1) == 0
            ? null
            : Encoding.UTF8.GetString(DuckDbString.Bytes(in view.Values<DuckDbString>()[0]));
    }

    /// <summary>The first values of a statement, copied as the engine stores them.</summary>
    public T[] Values<T>(string sql)
        where T : unmanaged
    {
        using var statement = Connection.Prepare(sql);
        using var result = statement.ExecuteStreaming(CancellationToken.None);
        var values = new List<T>();
        while (result.Fetch(CancellationToken.None) is { } chunk)
        {
            using (chunk)
            {
                values.AddRange(chunk.Vector(0).Values<T>());
            }
        }

        return [.. values];
    }

    public void Dispose()
    {
        Connection.Dispose();
        _database.Dispose();
    }
}
