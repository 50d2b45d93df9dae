using System.Text.RegularExpressions;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Tests.Specifications;
using Headwater.Testing;

namespace Headwater.Metrics.Tests;

/// <summary>What <c>docs/metrics.md</c> shows is what happens: its files are a project, its commands are asked, its answers are compared.</summary>
public sealed partial class DocumentationTests
{
    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task Every_example_gives_the_answer_that_is_shown(string engine)
    {
        var blocks = Fence()
            .Matches(await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "docs", "metrics.md"), default))
            .Select(match =>
                (Kind: match.Groups["kind"].Value, Name: match.Groups["name"].Value, Text: match.Groups["text"].Value)
            )
            .ToList();
        var models = blocks
            .Where(block => block.Kind == "sql")
            .ToDictionary(block => Path.GetFileNameWithoutExtension(block.Name), block => block.Text);
        var questions = blocks
            .Where(block => block.Kind == "sh")
            .SelectMany(block => block.Text.Split('\n'))
            .Where(line => line.StartsWith("./headwater query", StringComparison.Ordinal))
            .ToList();
        var answers = blocks.Where(block => block.Kind == "csv").Select(block => block.Text.Trim()).ToList();
        Assert.NotEmpty(questions);
        Assert.Equal(questions.Count, answers.Count);

        var specification = new Specification(
            [.. blocks.Where(block => block.Kind == "yaml").Select(block => block.Text)],
            new Dictionary<string, string>(),
            [.. models.Select(model => $"CREATE TABLE {Specification.Schema}.{model.Key} AS {model.Value}")],
            [.. models.Keys],
            []
        );
        await using var run = await SpecificationRun.OpenAsync(specification, engine);
        for (var index = 0; index < questions.Count; index++)
        {
            var request = Request(questions[index]);
            var header = answers[index].Split('\n')[0];
            Assert.Contains(
                string.Join(',', request.GroupBy.Select(Shown).Concat(request.Metrics)),
                header,
                StringComparison.Ordinal
            );
            var rows = await run.AskAsync(new SpecifiedQuestion(request, null, null, [], []));
            var found = rows.Select(row =>
                row.Replace(", ", ",", StringComparison.Ordinal).Replace(",-", ",", StringComparison.Ordinal)
            );
            Assert.Equal(
                $"{questions[index]}\n{answers[index]}",
                $"{questions[index]}\n{string.Join('\n', found.Prepend(header))}"
            );
        }
    }

    // A bare time is shown by its days.
    private static string Shown(string dimension) => dimension == "metric_time" ? "metric_time__day" : dimension;

    private static MetricRequest Request(string line)
    {
        var options = Option()
            .Matches(line)
            .ToLookup(match => match.Groups["name"].Value, match => match.Groups["value"].Value.Trim('"'));
        return new MetricRequest(
            Words(options["metrics"]),
            Words(options["group-by"]),
            [.. options["where"]],
            Words(options["order-by"]),
            null
        )
        {
            SavedQuery = options["saved-query"].FirstOrDefault(),
        };
    }

    private static List<string> Words(IEnumerable<string> values) => [.. values.SelectMany(value => value.Split(','))];

    [GeneratedRegex(
        @"^```(?<kind>\w+)( (?<name>\S+))?\n(?<text>.*?)^```$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Fence();

    [GeneratedRegex(
        """--(?<name>metrics|group-by|where|order-by|saved-query) (?<value>"[^"]*"|\S+)""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Option();
}
