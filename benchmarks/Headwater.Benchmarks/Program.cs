using System.CommandLine;
using Headwater.Benchmarks.Engine;
using Headwater.Benchmarks.Frame;
using Headwater.Benchmarks.Landing;
using Headwater.Benchmarks.Metrics;
using Headwater.Benchmarks.Modeling;
using Headwater.Benchmarks.Serving;

IBenchGroup[] groups =
[
    new EngineGroup(),
    new LandingGroup(),
    new ModelingGroup(),
    new ServingGroup(),
    new MetricsGroup(),
];

var group = new Argument<string[]>("group") { Description = "Groups to run; all if none is named." };
group.AcceptOnlyFromAmong([.. groups.Select(item => item.Name)]);
var output = new Option<string>("--output") { Description = "table or json", DefaultValueFactory = _ => "table" };
output.AcceptOnlyFromAmong("table", "json");
var command = new RootCommand(
    "Measures Headwater against its floors. Exit code 1 if a bar is missed, 2 on wrong usage."
)
{
    group,
    output,
};
command.SetAction(
    async (arguments, cancellationToken) =>
    {
        var chosen = arguments.GetValue(group) is { Length: > 0 } names
            ? groups.Where(item => names.Contains(item.Name, StringComparer.Ordinal))
            : groups;
        var asTable = string.Equals(arguments.GetValue(output), "table", StringComparison.Ordinal);
        var all = new List<(string Group, Measurement Measurement)>();
        foreach (var item in chosen)
        {
            if (asTable)
            {
                await Console.Out.WriteLineAsync($"{item.Name}: {item.Description}");
                Reports.WriteTableHead(Console.Out);
            }

            await foreach (var measurement in item.RunAsync(cancellationToken))
            {
                all.Add((item.Name, measurement));
                if (asTable)
                {
                    Reports.WriteTableRow(Console.Out, measurement);
                }
            }
        }

        if (!asTable)
        {
            Reports.WriteJson(Console.Out, all);
        }

        return all.TrueForAll(item => item.Measurement.Passed) ? 0 : 1;
    }
);

var parsed = command.Parse(args);
var exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? 2 : exitCode;
