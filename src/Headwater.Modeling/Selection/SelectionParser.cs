using System.Globalization;
using System.Text.RegularExpressions;

namespace Headwater.Modeling.Selection;

/// <summary>Reads dbt's selection syntax: <c>+orders tag:nightly,config.materialized:table @source:crm 2+model+1</c>.</summary>
internal static partial class SelectionParser
{
    public static readonly IReadOnlyList<string> Methods =
    [
        "config",
        "file",
        "fqn",
        "package",
        "path",
        "resource_type",
        "source",
        "tag",
        "test_name",
        "test_type",
    ];

    /// <param name="selections">What stood after <c>--select</c>, once or more often; each may hold several with spaces.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2117.</exception>
    public static Selector Parse(IEnumerable<string> selections) =>
        new Union([
            .. selections
                .SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(part => new Intersection([.. part.Split(',').Select(ParseCriterion)])),
        ]);

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

        var method = match.Groups["method"].Success ? match.Groups["method"].Value.Split('.', 2) : null;
        if (method is not null && !Methods.Contains(method[0], StringComparer.Ordinal))
        {
            throw (
                ModelingDiagnostics.UnknownSelector.With(text, $"there is no method '{method[0]}'") with
                {
                    Hint = Kernel.Names.NearestName.Hint(method[0], Methods),
                }
            ).ToException();
        }

        return new Criterion(
            method?[0],
            method is [_, var detail] ? detail : null,
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
