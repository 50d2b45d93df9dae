using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Headwater.Compat.Reporting;

/// <summary>Prints reports: a table for people, JSON for programs.</summary>
internal static class ReportPrinter
{
    public static void Table(IReadOnlyList<ProjectReport> reports, bool withDetails, TextWriter output)
    {
        string[] head =
        [
            "project",
            "warehouse",
            "nodes",
            "parsed",
            "rendered alike",
            "unmodified",
            "built",
            "tests passed",
            "artifacts valid",
            "failed",
            "seconds",
        ];
        var rows = reports
            .Select(report =>
                (string[])
                    [
                        report.Project,
                        report.Warehouse,
                        Number(report.Nodes),
                        report.Parsed ? "yes" : "no",
                        report.Compared == 0 ? "-" : $"{report.Alike}/{report.Compared}",
                        report.Known == 0 ? "-" : $"{report.Unmodified}/{report.Known}",
                        $"{report.Built}/{report.Buildable}",
                        $"{report.TestsPassed}/{report.TestsPassed + report.TestsFailed}",
                        report.Artifacts == 0 ? "-" : $"{report.ArtifactsValid}/{report.Artifacts}",
                        Number(report.Failed),
                        report.Elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture),
                    ]
            )
            .Prepend(head)
            .ToList();
        var widths = head.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        foreach (var report in reports.Where(report => report.Failures.Count > 0))
        {
            output.WriteLine();
            output.WriteLine($"{report.Project} on {report.Warehouse}: failures by cause");
            foreach (var cause in ByCause(report))
            {
                output.WriteLine($"  {cause.Count(), 4}  {cause.Key.Stage}: {cause.Key.Cause}");
                foreach (var failure in withDetails ? cause : cause.Take(3))
                {
                    output.WriteLine($"        {failure.Node}");
                    if (withDetails && failure.Detail.Length > 0)
                    {
                        output.WriteLine($"      {failure.Detail}");
                    }
                }
            }
        }

        output.WriteLine();
        output.WriteLine(
            $"{reports.Sum(report => report.Passed)} passed, {reports.Sum(report => report.Failed)} failed"
        );
    }

    public static void Json(IReadOnlyList<ProjectReport> reports, TextWriter output)
    {
        var projects = new JsonArray();
        foreach (var report in reports)
        {
            projects.Add(
                new JsonObject
                {
                    ["project"] = report.Project,
                    ["warehouse"] = report.Warehouse,
                    ["nodes"] = report.Nodes,
                    ["parsed"] = report.Parsed,
                    ["compared"] = report.Compared,
                    ["rendered_alike"] = report.Alike,
                    ["known"] = report.Known,
                    ["unmodified"] = report.Unmodified,
                    ["buildable"] = report.Buildable,
                    ["built"] = report.Built,
                    ["tests_passed"] = report.TestsPassed,
                    ["tests_failed"] = report.TestsFailed,
                    ["artifacts"] = report.Artifacts,
                    ["artifacts_valid"] = report.ArtifactsValid,
                    ["seconds"] = Math.Round(report.Elapsed.TotalSeconds, 1),
                    ["failures"] = new JsonArray([
                        .. report.Failures.Select(failure =>
                            (JsonNode)
                                new JsonObject
                                {
                                    ["stage"] = failure.Stage,
                                    ["node"] = failure.Node,
                                    ["cause"] = failure.Cause,
                                    ["detail"] = failure.Detail,
                                }
                        ),
                    ]),
                }
            );
        }

        var document = new JsonObject
        {
            ["projects"] = projects,
            ["passed"] = reports.Sum(report => report.Passed),
            ["failed"] = reports.Sum(report => report.Failed),
        };
        output.WriteLine(document.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        output.WriteLine(
            $"{reports.Sum(report => report.Passed)} passed, {reports.Sum(report => report.Failed)} failed"
        );
    }

    private static IEnumerable<IGrouping<(string Stage, string Cause), Failure>> ByCause(ProjectReport report) =>
        report
            .Failures.GroupBy(failure => (failure.Stage, failure.Cause))
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key.Cause, StringComparer.Ordinal);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
