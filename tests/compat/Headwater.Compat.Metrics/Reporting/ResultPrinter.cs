using System.Text.Json;
using System.Text.Json.Nodes;
using Headwater.Compat.Metrics.Running;

namespace Headwater.Compat.Metrics.Reporting;

/// <summary>Prints results: a table by file and failures by cause for people, JSON for programs.</summary>
internal static class ResultPrinter
{
    public static void Table(string engine, IReadOnlyList<CaseResult> results, bool withDetails, TextWriter output)
    {
        var width = results.Max(result => result.Case.File.Length);
        foreach (var file in results.GroupBy(result => result.Case.File))
        {
            output.WriteLine(
                $"{engine}  {file.Key.PadRight(width)}  {file.Count(result => result.Passed), 3} of {file.Count(), 3}"
            );
        }

        foreach (
            var cause in results
                .Where(result => !result.Passed)
                .GroupBy(result => result.Cause)
                .OrderByDescending(cause => cause.Count())
        )
        {
            output.WriteLine();
            output.WriteLine($"{cause.Count()} {cause.Key}");
            foreach (var failure in cause)
            {
                output.WriteLine($"  {failure.Case.File}/{failure.Case.Name}");
                if (withDetails)
                {
                    output.WriteLine(
                        "    " + failure.Detail.Replace("\n", "\n    ", StringComparison.Ordinal).TrimEnd()
                    );
                }
            }
        }
    }

    public static void Json(IEnumerable<(string Engine, CaseResult Result)> results, TextWriter output)
    {
        var array = new JsonArray();
        foreach (var (engine, result) in results)
        {
            array.Add(
                new JsonObject
                {
                    ["warehouse"] = engine,
                    ["file"] = result.Case.File,
                    ["case"] = result.Case.Name,
                    ["passed"] = result.Passed,
                    ["cause"] = result.Cause,
                    ["detail"] = result.Detail,
                }
            );
        }

        output.WriteLine(array.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }
}
