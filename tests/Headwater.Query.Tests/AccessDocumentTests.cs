using System.Text.RegularExpressions;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Requests;
using Headwater.Query.Masking;
using Headwater.Testing;

namespace Headwater.Query.Tests;

/// <summary>What <c>docs/access.md</c> says is so: its project is published, each line of its table is asked.</summary>
public sealed partial class AccessDocumentTests
{
    private static readonly string Document = File.ReadAllText(
        Path.Combine(RepositoryFolder.Path, "docs", "access.md")
    );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_line_of_the_table_is_so(bool onPostgres)
    {
        var blocks = Block().Matches(Document).Select(block => block.Groups["text"].Value).ToList();
        await using var shop = await ShopProject.OpenOtherAsync(
            blocks[1],
            "CREATE SCHEMA analytics; SET search_path = 'analytics';" + blocks[0],
            ["customers", "orders", "products", "mailing"],
            onPostgres,
            blocks[2],
            [new ClassifiedColumn(new RelationName("analytics", "customers"), "name", ["pii"], [])]
        );
        var wrong = new List<string>();
        var lines = Lines().ToList();
        foreach (var (roles, attributes, question, expected) in lines)
        {
            // User SQL runs on the engine whose own parser reads it.
            if (onPostgres && question.StartsWith('`'))
            {
                continue;
            }

            var answer = await AskAsync(shop, Someone(roles, attributes), question);
            if (answer != expected)
            {
                wrong.Add($"{roles} ({attributes}) {question}: {answer}, not {expected}");
            }
        }

        Assert.True(lines.Count > 30, $"{lines.Count} lines");
        Assert.Empty(wrong);
    }

    private static IEnumerable<(string Roles, string Attributes, string Question, string Expected)> Lines() =>
        Document
            .Split("## What who sees")[1]
            .Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1)
            .Select(line => line.Split('|'))
            .Select(cells => (cells[1].Trim(), cells[2].Trim(), cells[3].Trim(), cells[4].Trim()));

    private static async Task<string> AskAsync(ShopProject shop, Principal principal, string question)
    {
        try
        {
            return question.StartsWith('`')
                ? (await shop.SqlAsync(question.Trim('`'), principal)).Text()
                : Cells((await shop.AskAsync(Metric(question), principal)).Text());
        }
        catch (DiagnosticException refused)
        {
            return refused.Diagnostic.Code;
        }
    }

    private static MetricQuestion Metric(string question)
    {
        var parts = Words().Match(question);
        return new MetricQuestion(
            new MetricRequest(
                [parts.Groups["metric"].Value],
                parts.Groups["by"].Success ? [parts.Groups["by"].Value] : [],
                parts.Groups["where"].Success ? [parts.Groups["where"].Value] : [],
                [],
                null
            )
        );
    }

    private static string Cells(string rows) =>
        string.Join(", ", rows.Split("; ").Select(row => row.Replace(",", ": ", StringComparison.Ordinal)));

    private static Principal Someone(string roles, string attributes) =>
        new(
            "someone",
            "Someone",
            roles.Split(", ", StringSplitOptions.RemoveEmptyEntries),
            attributes
                .Split("; ", StringSplitOptions.RemoveEmptyEntries)
                .Select(attribute => attribute.Split('='))
                .ToDictionary(
                    pair => pair[0],
                    pair => (IReadOnlyList<string>)pair[1].Split(", ", StringSplitOptions.RemoveEmptyEntries)
                )
        );

    [GeneratedRegex(
        @"```(sql|yaml)\n(?<text>.*?)```",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Block();

    [GeneratedRegex(
        @"^(?<metric>\w+)( by (?<by>\w+))?( where (?<where>.+))?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Words();
}
