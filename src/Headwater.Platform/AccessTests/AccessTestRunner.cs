using System.Globalization;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;
using Headwater.Platform.Users;
using Headwater.Project.Resources.Access;
using Headwater.Query;
using Headwater.Warehouse.Results;

namespace Headwater.Platform.AccessTests;

/// <summary>Asks the gate what the project's access tests ask, as those that they name, and compares.</summary>
internal sealed class AccessTestRunner(IGate gate, UserStore users)
{
    private const int MostShown = 5;

    /// <summary>One result a test, in their order.</summary>
    public async Task<IReadOnlyList<AccessTestResult>> RunAsync(
        IReadOnlyList<AccessTestDefinition> tests,
        CancellationToken cancellationToken
    )
    {
        var results = new List<AccessTestResult>();
        foreach (var test in tests)
        {
            var problem = await CheckAsync(test, cancellationToken);
            results.Add(
                new AccessTestResult(
                    test.Name,
                    problem is null ? null : PlatformDiagnostics.AccessTestFailed.At(test.Location, test.Name, problem)
                )
            );
        }

        return results;
    }

    private async Task<string?> CheckAsync(AccessTestDefinition test, CancellationToken cancellationToken)
    {
        var principal = new Principal("access-test", test.Name, test.Roles, test.Attributes);
        if (test.User is { } name)
        {
            if (await users.FindAsync(name, cancellationToken) is not { } user)
            {
                return $"there is no user '{name}'";
            }

            principal = user.ToPrincipal();
        }

        Question question = test.Sql is { } sql
            ? new SqlQuestion(sql)
            : new MetricQuestion(new MetricRequest(test.Metrics, test.GroupBy, test.Where, [], null));
        try
        {
            var inquiry = new Inquiry(question, principal, QuestionPath.CommandLine, null);
            var table = (await gate.AskAsync(inquiry, cancellationToken)).Answer.Table;
            return test.Refused is { } code
                ? $"it must be refused with {code}, and gave {table.RowCount} rows"
                : Compare(test.Rows!, Rows(table));
        }
        catch (DiagnosticException refused)
        {
            return refused.Diagnostic.Code == test.Refused
                ? null
                : $"it was refused with {refused.Diagnostic.Code}: {refused.Diagnostic.Message}";
        }
    }

    private static string? Compare(IReadOnlyList<IReadOnlyList<string?>> expected, IReadOnlyList<string> found)
    {
        var wanted = expected.Select(row => string.Join(", ", row.Select(Text))).ToList();
        var missing = Without(wanted, found);
        var surplus = Without(found, wanted);
        return missing.Count + surplus.Count == 0
            ? null
            : string.Join("; ", Told("missing", missing).Concat(Told("not expected", surplus)));
    }

    private static IEnumerable<string> Told(string word, List<string> rows) =>
        rows.Count == 0 ? []
        : rows.Count <= MostShown ? [$"{word}: [{string.Join("], [", rows)}]"]
        : [$"{word}: [{string.Join("], [", rows.Take(MostShown))}] and {rows.Count - MostShown} more"];

    // Each as often as it occurs more often than in the other.
    private static List<string> Without(IEnumerable<string> rows, IEnumerable<string> others)
    {
        var left = rows.ToList();
        foreach (var other in others)
        {
            left.Remove(other);
        }

        return left;
    }

    private static List<string> Rows(ResultTable table)
    {
        var rows = new List<string>();
        for (long row = 0; row < table.RowCount; row++)
        {
            rows.Add(
                string.Join(
                    ", ",
                    Enumerable.Range(0, table.Columns.Count).Select(column => Text(table.Value(row, column)))
                )
            );
        }

        return rows;
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "null",
            string text => Text(text),
            bool flag => flag ? "true" : "false",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            IFormattable number => Text(number.ToString(null, CultureInfo.InvariantCulture)),
            _ => value.ToString()!,
        };

    // 30 and 30.00 are one number.
    private static string Text(string? text) =>
        text is null ? "null"
        : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.##########", CultureInfo.InvariantCulture)
        : text;
}
