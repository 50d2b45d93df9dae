using System.Globalization;
using System.Text.RegularExpressions;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Selection;

/// <summary>Reads dbt's selection syntax: <c>+orders tag:nightly,config.materialized:table @source:crm 2+model+1</c>.</summary>
internal static partial class SelectionParser
{
    public static readonly IReadOnlyList<string> Methods =
    [
        "access",
        "config",
        "exposure",
        "file",
        "fqn",
        "group",
        "metric",
        "package",
        "path",
        "resource_type",
        "result",
        "saved_query",
        "selector",
        "semantic_model",
        "source",
        "source_status",
        "state",
        "tag",
        "test_name",
        "test_type",
        "unit_test",
        "version",
    ];

    /// <param name="selections">What stood after <c>--select</c>, once or more often; each may hold several with spaces.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2117.</exception>
    public static Selector Parse(IEnumerable<string> selections) =>
        new Union([
            .. selections
                .SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(part => new Intersection([.. part.Split(',').Select(ParseCriterion)])),
        ]);

    /// <summary>The same from the words of a named selection.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2117.</exception>
    public static Criterion Of(SelectorMethod written)
    {
        var (method, detail) = Method($"{written.Method}:{written.Value}", written.Method);
        return new Criterion(
            method,
            detail,
            written.Value,
            written.ParentSteps,
            written.ChildSteps,
            written.ChildrensParents
        );
    }

    private static (string Method, string? Detail) Method(string text, string written)
    {
        var method = written.Split('.', 2);
        if (!Methods.Contains(method[0], StringComparer.Ordinal))
        {
            throw (
                ModelingDiagnostics.UnknownSelector.With(text, $"there is no method '{method[0]}'") with
                {
                    Hint = Kernel.Names.NearestName.Hint(method[0], Methods),
                }
            ).ToException();
        }

        return (method[0], method is [_, var detail] ? detail : null);
    }

    private static Criterion ParseCriterion(string text)
    {
        var match = Shape().Match(text);
        if (!match.Success)
        {
            throw ModelingDiagnostics.UnknownSelector.With(text, "expected [@][N+][method:]value[+N]").ToException();
        }

        var childrensParents = match.Groups["at"].Success;
        if (childrensParents && match.Groups["children"].Success)
        {
            throw ModelingDiagnostics
                .UnknownSelector.With(text, "'@' and a '+' at the end cannot stand together")
                .ToException();
        }

        (string Method, string? Detail)? method = match.Groups["method"].Success
            ? Method(text, match.Groups["method"].Value)
            : null;
        return new Criterion(
            method?.Method,
            method?.Detail,
            match.Groups["value"].Value,
            Steps(match, "parents"),
            Steps(match, "children"),
            childrensParents
        );
    }

    private static int? Steps(Match match, string group)
    {
        if (!match.Groups[group].Success)
        {
            return null;
        }

        var digits = match.Groups[group].Value.Trim('+');
        return digits.Length == 0 ? int.MaxValue : int.Parse(digits, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(
        @"^(?<at>@)?(?<parents>\d{0,6}\+)?((?<method>[a-z_]+(\.[A-Za-z0-9_.-]+)?):)?(?<value>[^+]+?)(?<children>\+\d{0,6})?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Shape();
}
