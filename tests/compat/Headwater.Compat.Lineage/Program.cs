using System.CommandLine;
using System.Diagnostics;
using Headwater.Compat.Lineage;
using Headwater.Testing;

var directory = new Argument<DirectoryInfo>("DIR") { Description = "Where the projects lie, each as owner+name" };
var samples = new Option<FileInfo[]>("--sample")
{
    Description = "Columns with the inputs read out of their SQL by hand",
    HelpName = "FILE",
    AllowMultipleArgumentsPerToken = true,
};
var draw = new Option<int?>("--draw") { Description = "Only draw 200 columns with this seed", HelpName = "SEED" };
var command = new RootCommand(
    "Holds column lineage of other people's projects against what was read by hand, and against DuckDB's parser."
)
{
    directory,
    samples,
    draw,
};
command.SetAction(parsed =>
{
    var projects = CompiledProject.ReadAll(parsed.GetValue(directory)!.FullName).ToList();
    if (parsed.GetValue(draw) is { } seed)
    {
        foreach (var (project, model, column) in SampledColumn.Draw(projects, seed, 200))
        {
            Console.WriteLine($"{project}\t{model}\t{column}");
        }

        return 0;
    }

    var failures = new List<string>();
    var passed = 0;
    var traced = Trace(projects, failures, ref passed);
    foreach (var file in parsed.GetValue(samples) ?? [])
    {
        Compare(file, traced, failures, ref passed);
    }

    foreach (var failure in failures)
    {
        Console.WriteLine(failure);
    }

    Console.WriteLine($"{passed} passed, {failures.Count} failed");
    return failures.Count == 0 ? 0 : 1;
});
return command.Parse(args).Invoke();

static Dictionary<(string, string), TracedModel> Trace(
    List<CompiledProject> projects,
    List<string> failures,
    ref int passed
)
{
    var traced = new Dictionary<(string, string), TracedModel>();
    using var engine = new DuckDbReferences();
    Console.WriteLine(
        "project                    models  traced  columns as dbt's  agree with DuckDB  not DuckDB's SQL  ms a model"
    );
    foreach (var project in projects)
    {
        foreach (var model in project.Models)
        {
            // Once unmeasured: the first call of a method costs its compilation.
            TracedModel.Of(model, project);
        }

        var start = Stopwatch.GetTimestamp();
        var models = project.Models.Select(model => TracedModel.Of(model, project)).ToList();
        var elapsed = Stopwatch.GetElapsedTime(start);
        var (complete, columns, agree, foreign) = (0, 0, 0, 0);
        foreach (var model in models)
        {
            traced[(project.Name, model.Model.Name)] = model;
            var title = $"{project.Name} {model.Model.Name}";
            Count(model.Problem is null, ref complete, $"{title}: {model.Problem}", failures, ref passed);
            var names = model.Lineage?.Columns.Select(column => column.Name) ?? [];
            Count(
                model.Model.Columns.Count == 0
                    || names.SequenceEqual(model.Model.Columns, StringComparer.Ordinal)
                    // A table that grows keeps the columns of earlier runs.
                    || (model.Model.IsIncremental && !names.Except(model.Model.Columns).Any()),
                ref columns,
                $"{title}: other columns than dbt's",
                failures,
                ref passed
            );
            if (model.Query is not null)
            {
                if (engine.Differences(model.Model.Sql, model.Query) is { } differences)
                {
                    Count(
                        differences.Count == 0,
                        ref agree,
                        $"{title}: {string.Join("; ", differences)}",
                        failures,
                        ref passed
                    );
                }
                else
                {
                    foreign++;
                }
            }
        }

        Console.WriteLine(
            $"{project.Name, -25}  {models.Count, 6}  {complete, 6}  {columns, 16}  {agree, 17}  {foreign, 16}  {elapsed.TotalMilliseconds / Math.Max(1, models.Count), 10:0.00}"
        );
    }

    return traced;
}

static void Compare(
    FileInfo file,
    Dictionary<(string, string), TracedModel> traced,
    List<string> failures,
    ref int passed
)
{
    var right = 0;
    var sample = SampledColumn.ReadAll(file.FullName);
    foreach (var column in sample)
    {
        var found = traced.GetValueOrDefault((column.Project, column.Model))?.Inputs(column.Column);
        Count(
            found is not null && found.Order().SequenceEqual(column.Inputs.Order(), StringComparer.Ordinal),
            ref right,
            $"{column.Project} {column.Model}.{column.Column}: read {string.Join(", ", column.Inputs.Except(found ?? []))}; traced {string.Join(", ", (found ?? []).Except(column.Inputs))}",
            failures,
            ref passed
        );
    }

    Console.WriteLine($"{file.Name}: {right} of {sample.Count} columns as read");
}

static void Count(bool holds, ref int counter, string failure, List<string> failures, ref int passed)
{
    if (holds)
    {
        counter++;
        passed++;
    }
    else
    {
        failures.Add(failure);
    }
}
