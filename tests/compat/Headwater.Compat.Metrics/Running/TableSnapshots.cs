using Headwater.Compat.Metrics.Manifests;
using Headwater.Project.Yaml;
using Headwater.Warehouse.Port;

namespace Headwater.Compat.Metrics.Running;

/// <summary>The tables that the cases are asked of, as YAML keeps them.</summary>
internal sealed class TableSnapshots(IReadOnlyList<YamlMapping> tables)
{
    private const int RowsAtOnce = 500;

    public IReadOnlyCollection<string> Names { get; } = [.. tables.Select(NameOf).Distinct()];

    public static TableSnapshots Read(string folder) =>
        new([
            .. Directory
                .EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .SelectMany(YamlDocuments.Read)
                .Select(document => document["table_snapshot"])
                .OfType<YamlMapping>(),
        ]);

    public async Task LoadAsync(IWarehouse warehouse, string schema, CancellationToken cancellationToken)
    {
        await using var connection = await warehouse.ConnectAsync(cancellationToken);
        await connection.ExecuteAsync($"CREATE SCHEMA {schema}", cancellationToken);
        foreach (var table in tables)
        {
            var name = $"{schema}.{NameOf(table)}";
            var columns = ((YamlSequence)table["column_definitions"]!).Items.Cast<YamlMapping>().ToList();
            var types = columns.Select(TypeOf).ToList();
            var definitions = columns.Select((column, index) => $"\"{TextOf(column, "name")}\" {types[index]}");
            await connection.ExecuteAsync($"CREATE TABLE {name} ({string.Join(", ", definitions)})", cancellationToken);
            var rows = ((YamlSequence)table["rows"]!).Items.Cast<YamlSequence>();
            foreach (var chunk in rows.Chunk(RowsAtOnce))
            {
                await connection.ExecuteAsync(
                    $"INSERT INTO {name} VALUES {string.Join(", ", chunk.Select(row => Row(row, types)))}",
                    cancellationToken
                );
            }
        }
    }

    private static string Row(YamlSequence row, List<string> types) =>
        $"({string.Join(", ", row.Items.Cast<YamlScalar>().Select((cell, index) => Cell(cell, types[index])))})";

    private static string Cell(YamlScalar cell, string type) =>
        cell.IsNull ? "NULL" : $"CAST('{cell.Text.Replace("'", "''", StringComparison.Ordinal)}' AS {type})";

    private static string NameOf(YamlMapping table) => TextOf(table, "table_name");

    private static string TextOf(YamlMapping mapping, string key) => ((YamlScalar)mapping[key]!).Text;

    private static string TypeOf(YamlMapping column) =>
        TextOf(column, "type") switch
        {
            "TIME" => "TIMESTAMP",
            "INT" => "BIGINT",
            "FLOAT" => "DOUBLE PRECISION",
            "BOOLEAN" => "BOOLEAN",
            _ => "VARCHAR",
        };
}
