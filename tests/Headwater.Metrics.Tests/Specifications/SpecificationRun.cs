using System.Globalization;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Semantics;
using Headwater.Testing;
using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Metrics.Tests.Specifications;

/// <summary>A specification on one engine.</summary>
internal sealed class SpecificationRun : IAsyncDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("headwater-spec-").FullName;
    private PostgresDatabase? _database;
    private WarehouseHost _host = null!;
    private MetricModel _model = null!;

    public static async Task<SpecificationRun> OpenAsync(Specification specification, string engine)
    {
        var run = new SpecificationRun { _model = specification.Load() };
        if (engine == "postgres")
        {
            run._database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
            run._host = await run._database.OpenAsync(run._home);
        }
        else
        {
            run._host = WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = run._home });
        }

        await using var connection = await run._host.Warehouse.ConnectAsync(default);
        await connection.ExecuteAsync($"CREATE SCHEMA {Specification.Schema}", default);
        foreach (var (name, text) in specification.Tables)
        {
            await connection.ExecuteAsync(Table(name, text), default);
        }

        foreach (var sql in specification.Setup)
        {
            await connection.ExecuteAsync(sql, default);
        }

        return run;
    }

    /// <summary>The rows of an answer as text, or the code and hint of a refusal.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(SpecifiedQuestion question)
    {
        CompiledQuery compiled;
        try
        {
            compiled = Compiler(sharesAggregates: true)
                .Compile(question.Request, AccessRules.None with { Rows = question.Rules });
        }
        catch (DiagnosticException refused)
        {
            return [.. refused.Diagnostics.Select(item => $"{item.Code} {item.Hint}")];
        }

        return await RowsAsync(compiled);
    }

    /// <summary>The SQL of a question; null for one that is refused.</summary>
    public CompiledQuery? Compile(SpecifiedQuestion question, bool sharesAggregates = true)
    {
        try
        {
            return Compiler(sharesAggregates)
                .Compile(question.Request, AccessRules.None with { Rows = question.Rules });
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    /// <summary>The rows of an answer as text.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(CompiledQuery compiled)
    {
        await using var connection = await _host.Warehouse.ConnectAsync(default);
        var table = await connection.QueryAsync(
            new SqlCommand(compiled.Sql.Text, [.. compiled.Sql.Parameters.Select(value => new SqlParameter(value))]),
            default
        );
        return
        [
            .. Enumerable
                .Range(0, (int)table.RowCount)
                .Select(row =>
                    string.Join(
                        ", ",
                        Enumerable.Range(0, table.Columns.Count).Select(column => Cell(table, row, column))
                    )
                ),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Directory.Delete(_home, recursive: true);
    }

    private MetricCompiler Compiler(bool sharesAggregates) =>
        new(_model, _host.Warehouse.Dialect) { SharesAggregates = sharesAggregates };

    private static string Table(string name, string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var types = lines[0]
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(column => column.Split(' ', 2)[1])
            .ToList();
        var rows = lines
            .Skip(1)
            .Select(line =>
            {
                var cells = line.Split(',', StringSplitOptions.TrimEntries)
                    .Select((cell, index) => cell == "-" ? "NULL" : $"CAST('{cell}' AS {types[index]})");
                return $"({string.Join(", ", cells)})";
            });
        return $"CREATE TABLE {Specification.Schema}.{name} ({lines[0]}); INSERT INTO {Specification.Schema}.{name} VALUES {string.Join(", ", rows)}";
    }

    private static string Cell(ResultTable table, int row, int column) =>
        table.Value(row, column) switch
        {
            null => "-",
            bool flag => flag ? "true" : "false",
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime { TimeOfDay.Ticks: 0 } time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture),
            double number => number.ToString("0.####", CultureInfo.InvariantCulture),
            decimal number => number.ToString("0.####", CultureInfo.InvariantCulture),
            var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
        };
}
