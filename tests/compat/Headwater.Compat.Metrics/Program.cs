using System.CommandLine;
using Headwater.Compat.Metrics.Cases;
using Headwater.Compat.Metrics.Manifests;
using Headwater.Compat.Metrics.Reporting;
using Headwater.Compat.Metrics.Running;
using Headwater.Metrics.Semantics;

const string schema = "oracle";
var directory = new Argument<DirectoryInfo>("DIR") { Description = "Where dbt-labs+metricflow lies" };
var warehouse = new Option<string>("--warehouse")
{
    Description = "duckdb or postgres; both where it is left out",
    HelpName = "ENGINE",
};
var only = new Option<string>("--only") { Description = "Cases to run: a part of file/name", HelpName = "TEXT" };
var details = new Option<bool>("--details") { Description = "Print each failure, not only its cause" };
var output = new Option<string>("--output") { Description = "text or json", DefaultValueFactory = _ => "text" };
var command = new RootCommand(
    "Asks the metric questions of MetricFlow's integration tests and compares with their check queries."
)
{
    directory,
    warehouse,
    only,
    details,
    output,
};
command.SetAction(
    async (parsed, cancellationToken) =>
    {
        var root = Path.Combine(parsed.GetValue(directory)!.FullName, "dbt-labs+metricflow");
        if (!Directory.Exists(root))
        {
            await Console.Error.WriteLineAsync($"There is no folder {root}.");
            return 2;
        }

        var manifests = Path.Combine(root, "metricflow_semantics", "test_helpers", "semantic_manifest_yamls");
        var tables = TableSnapshots.Read(Path.Combine(root, "tests_metricflow", "fixtures", "source_table_snapshots"));
        var configuration = Path.Combine(manifests, "shared", "project_configuration.yaml");
        var models = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SIMPLE_MODEL"] = "simple_manifest",
            ["SIMPLE_MODEL_NON_DS"] = "non_sm_manifest",
            ["UNPARTITIONED_MULTI_HOP_JOIN_MODEL"] = "multi_hop_join_manifest",
            ["PARTITIONED_MULTI_HOP_JOIN_MODEL"] = "partitioned_multi_hop_join_manifest",
            ["EXTENDED_DATE_MODEL"] = "extended_date_manifest",
            ["SCD_MODEL"] = "scd_manifest",
        }.ToDictionary(
            pair => pair.Key,
            pair => new Lazy<MetricModel>(() =>
                ManifestProject.Load(Path.Combine(manifests, pair.Value), configuration, schema, tables.Names)
            ),
            StringComparer.Ordinal
        );
        var wanted = parsed.GetValue(only) ?? "";
        var cases = OracleCase
            .ReadAll(Path.Combine(root, "tests_metricflow", "integration", "test_cases"))
            .Where(item => $"{item.File}/{item.Name}".Contains(wanted, StringComparison.Ordinal))
            .ToList();
        var results = new List<(string Engine, CaseResult Result)>();
        foreach (var name in (string[])(parsed.GetValue(warehouse) is { } one ? [one] : ["duckdb", "postgres"]))
        {
            await using var engine = await OracleEngine.OpenAsync(name);
            await tables.LoadAsync(engine.Host.Warehouse, schema, cancellationToken);
            var runner = new CaseRunner(
                engine.Host.Warehouse,
                new CheckTemplates(name, schema),
                models.ToDictionary(pair => pair.Key, pair => (Func<MetricModel>)(() => pair.Value.Value))
            );
            foreach (var item in cases)
            {
                results.Add((name, await runner.RunAsync(item, cancellationToken)));
            }

            if (parsed.GetValue(output) != "json")
            {
                ResultPrinter.Table(
                    name,
                    [.. results.Where(result => result.Engine == name).Select(result => result.Result)],
                    parsed.GetValue(details),
                    Console.Out
                );
            }
        }

        if (parsed.GetValue(output) == "json")
        {
            ResultPrinter.Json(results, Console.Out);
        }

        var failed = results.Count(result => !result.Result.Passed);
        Console.WriteLine($"{results.Count - failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
);
return await command.Parse(args).InvokeAsync();
