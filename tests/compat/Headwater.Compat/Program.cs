using System.CommandLine;
using Headwater.Compat.Artifacts;
using Headwater.Compat.Packages;
using Headwater.Compat.Projects;
using Headwater.Compat.Reporting;
using Headwater.Compat.Running;

var directory = new Argument<DirectoryInfo>("DIR") { Description = "Where the projects lie, each as owner+name" };
var warehouse = new Option<string>("--warehouse")
{
    Description = "duckdb or postgres; both where it is left out",
    HelpName = "ENGINE",
};
var only = new Option<string[]>("--only")
{
    Description = "Projects to run: parts of their names",
    AllowMultipleArgumentsPerToken = true,
};
var details = new Option<bool>("--details") { Description = "Print each failure, not only its cause" };
var nodeByNode = new Option<bool>("--no-atomic") { Description = "Publish node by node, as dbt does" };
var validator = new Option<string>("--validator") { Description = "The script that holds artifacts against schemas" };
var output = new Option<string>("--output") { Description = "text or json", DefaultValueFactory = _ => "text" };
var command = new RootCommand("Runs dbt projects that others wrote, and says what of them works.")
{
    directory,
    warehouse,
    only,
    details,
    nodeByNode,
    validator,
    output,
};
command.SetAction(
    async (parsed, cancellationToken) =>
    {
        var folder = parsed.GetValue(directory)!.FullName;
        if (!Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync($"There is no folder {folder}.");
            return 2;
        }

        var shelf = new PackageShelf(folder);
        var schemas = ArtifactSchemas.Find(folder, parsed.GetValue(validator));
        var reports = new List<ProjectReport>();
        var wanted = parsed.GetValue(only) ?? [];
        foreach (var name in (string[])(parsed.GetValue(warehouse) is { } one ? [one] : ["duckdb", "postgres"]))
        {
            await using var engine = Engines.Of(name);
            foreach (var project in KnownProject.All)
            {
                if (
                    !project.Warehouses.Contains(name, StringComparer.Ordinal)
                    || !Directory.Exists(Path.Combine(folder, project.Folder))
                    || (
                        wanted.Length > 0
                        && !wanted.Any(part => project.Folder.Contains(part, StringComparison.Ordinal))
                    )
                )
                {
                    continue;
                }

                await Console.Error.WriteLineAsync($"{project.Folder} on {name} …");
                reports.Add(
                    await new ProjectRun(
                        project,
                        folder,
                        shelf,
                        engine,
                        schemas,
                        !parsed.GetValue(nodeByNode)
                    ).RunAsync(cancellationToken)
                );
            }
        }

        if (parsed.GetValue(output) == "json")
        {
            ReportPrinter.Json(reports, Console.Out);
        }
        else
        {
            ReportPrinter.Table(reports, parsed.GetValue(details), Console.Out);
        }

        return reports.All(report => report.Failed == 0) ? 0 : 1;
    }
);
return await command.Parse(args).InvokeAsync();
