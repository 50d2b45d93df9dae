using System.Text.RegularExpressions;
using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Building;

/// <summary>A hook of a node.</summary>
/// <param name="Sql">SQL with Jinja.</param>
/// <param name="InTransaction">False for one that runs after the commit.</param>
internal sealed partial record NodeHook(string Sql, bool InTransaction)
{
    /// <summary>The hooks of a kind: <c>pre-hook</c> or <c>post-hook</c>.</summary>
    public static IEnumerable<NodeHook> Of(ManifestNode node, string kind) => Read(node.Config[kind]);

    private static IEnumerable<NodeHook> Read(object? value) =>
        value switch
        {
            null => [],
            JinjaList list => list.Items.SelectMany(Read),
            JinjaDict dict =>
            [
                new NodeHook(
                    dict.TryGet("sql", out var sql) ? Text.Str(sql) : "",
                    !dict.TryGet("transaction", out var inside) || inside is not false
                ),
            ],
            // What before_begin() and after_commit() give is a dict written as JSON; in a file the call itself stands.
            string text when Written(text) is { } dict => Read(dict),
            string text => [new NodeHook(text, !OutsideCall().IsMatch(text))],
            _ => [new NodeHook(Text.Str(value), true)],
        };

    /// <summary>The SQL of a rendered hook.</summary>
    public static string Unwrapped(string rendered) =>
        Written(rendered.Trim()) is { } dict && dict.TryGet("sql", out var sql) ? Text.Str(sql) : rendered;

    [GeneratedRegex(
        @"^\s*\{\{\s*(before_begin|after_commit)\s*\(",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OutsideCall();

    private static JinjaDict? Written(string text)
    {
        if (
            !text.StartsWith('{')
            || text.StartsWith("{{", StringComparison.Ordinal)
            || text.StartsWith("{%", StringComparison.Ordinal)
        )
        {
            return null;
        }

        try
        {
            return Json.Read(text) as JinjaDict is { } dict && dict.TryGet("sql", out _) ? dict : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
