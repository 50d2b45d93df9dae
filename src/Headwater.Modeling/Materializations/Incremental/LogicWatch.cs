using System.Security.Cryptography;
using System.Text;
using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Sql.Lexing;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>
/// Remembers by which SQL the rows of an incremental table were built, in <c>_headwater.model_logic</c>. When the model's SQL is another,
/// its old rows are of another logic than its new ones: that is said, and the config <c>on_logic_change: full_refresh</c> builds it anew.
/// </summary>
internal sealed class LogicWatch
{
    private const string Table = "_headwater.model_logic";

    private readonly Dictionary<RelationName, string> _known = [];

    public static async ValueTask EnsureAsync(IWarehouseConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            $"""
            CREATE TABLE IF NOT EXISTS {Table} (
                schema_name text NOT NULL,
                relation_name text NOT NULL,
                node_id text NOT NULL,
                logic text NOT NULL
            );
            """,
            cancellationToken
        );

    /// <summary>Reads what is remembered, if anything ever was.</summary>
    public async ValueTask LoadAsync(IWarehouseConnection connection, CancellationToken cancellationToken)
    {
        var there = await connection.QueryAsync(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = '_headwater' AND table_name = 'model_logic'",
            cancellationToken
        );
        if (there.RowCount == 0)
        {
            return;
        }

        var table = await connection.QueryAsync(
            $"SELECT schema_name, relation_name, logic FROM {Table}",
            cancellationToken
        );
        for (var row = 0L; row < table.RowCount; row++)
        {
            _known[new RelationName((string)table.Value(row, 0)!, (string)table.Value(row, 1)!)] = (string)
                table.Value(row, 2)!;
        }
    }

    /// <summary>Whether a table's rows were built by other SQL than the model has now. Changes nothing.</summary>
    public bool IsChanged(NodeCompiler compiler, RelationNode node) =>
        _known.TryGetValue(node.Relation, out var known) && known != LogicOf(compiler, node);

    /// <summary>Holds a model against what its table was built by.</summary>
    /// <param name="startsAnew">True if the table is built anew in any case.</param>
    /// <returns>True if the table must be built anew because its logic changed.</returns>
    public async ValueTask<bool> DemandsAnewAsync(
        MaterializationJob job,
        bool startsAnew,
        CancellationToken cancellationToken
    )
    {
        var mode = job.Node.Config.Text("on_logic_change") ?? "warn";
        var logic = await Task.Run(() => LogicOf(job.Compiler, job.Node), cancellationToken);
        var known = _known.GetValueOrDefault(job.Node.Relation);
        var isChanged = !startsAnew && known is not null && known != logic;
        if (isChanged && mode == "warn")
        {
            job.Run.Diagnostics.Add(ModelingDiagnostics.LogicChanged.At(job.Node.Location.OrStart(), job.Node.Name));
        }

        // What was built by other logic stays known as such until it is built anew.
        var buildsAnew = startsAnew || (isChanged && mode == "full_refresh");
        if (known is null || (buildsAnew && known != logic))
        {
            await RecordAsync(job, logic, cancellationToken);
        }

        return isChanged && mode == "full_refresh";
    }

    /// <summary>A digest of the model's SQL as for a new table; spaces, comments, dates and the run do not count.</summary>
    private static string LogicOf(NodeCompiler compiler, ManifestNode node)
    {
        var sql = compiler.Compile(node, CompileScope.Anew with { IsNeutral = true }).Sql;
        var words = SqlLexer
            .Read(sql)
            .Where(token => token.Kind != SqlTokenKind.Trivia)
            .Select(token => sql.Substring(token.Start, token.Length));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', words))));
    }

    private static async ValueTask RecordAsync(
        MaterializationJob job,
        string logic,
        CancellationToken cancellationToken
    )
    {
        var dialect = job.Engine.Dialect;
        var schema = dialect.Literal(job.Node.Relation.Schema.ToLowerInvariant());
        var name = dialect.Literal(job.Node.Relation.Name.ToLowerInvariant());
        await job.Connection.ExecuteAsync(
            $"DELETE FROM {Table} WHERE schema_name = {schema} AND relation_name = {name}",
            cancellationToken
        );
        await job.Connection.ExecuteAsync(
            $"INSERT INTO {Table} VALUES ({schema}, {name}, {dialect.Literal(job.Node.UniqueId)}, {dialect.Literal(logic)})",
            cancellationToken
        );
    }
}
