using System.Text;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Conditions;
using Headwater.Project.Yaml;
using Headwater.Sql;
using Headwater.Sql.Dialects;
using Headwater.Sql.Syntax;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// A filter of a metric's definition, with dimensions as <c>{{ Dimension('account__region') }}</c>,
/// <c>{{ TimeDimension('metric_time', 'month') }}</c>, <c>{{ Entity('account') }}</c> or <c>{{ Metric('orders', ['account']) }}</c>.
/// </summary>
/// <param name="Text">As it was written.</param>
/// <param name="Condition">What it means.</param>
public sealed record FilterTemplate(string Text, SourceLocation Location, Condition Condition)
{
    // Stands for an operand while the SQL around it is read.
    private const string Placeholder = "headwater_operand";

    /// <summary>The filter in words: operands by their names.</summary>
    public string Readable { get; private init; } = Text;

    /// <summary>Reads a filter; null, with HW4006 reported, if it cannot be.</summary>
    public static FilterTemplate? Parse(LocatedText filter, DiagnosticBag diagnostics)
    {
        var text = filter.Text.Trim();
        var parts = Split(text, out var wrong);
        if (parts is not null && (Plain(text) ?? Sql(parts)) is { } condition)
        {
            var readable = string.Concat(
                parts.Select(part => part is AuthorSql sql ? sql.Text : ((AuthorOperand)part).Operand.ToString())
            );
            return new FilterTemplate(text, filter.Location, condition) { Readable = readable };
        }

        diagnostics.Add(MetricDiagnostics.BadFilter.At(filter.Location, wrong ?? text));
        return null;
    }

    private static Condition? Plain(string text)
    {
        try
        {
            return ConditionParser.Parse(text);
        }
        catch (DiagnosticException)
        {
            // It says more than a condition can: the author may.
            return null;
        }
    }

    // One expression and nothing beside it, by the engine's own grammar: so that brackets and comments cannot reach out of the filter.
    private static AuthorCondition? Sql(List<AuthorPart> parts)
    {
        var text = new StringBuilder("SELECT ");
        foreach (var part in parts)
        {
            text.Append(part is AuthorSql sql ? sql.Text : Placeholder);
        }

        var parsed = SqlParser.ParseQuery(text.ToString(), DuckDbDialect.Instance);
        return
            parsed.Query
                is {
                    With: null,
                    OrderBy.Count: 0,
                    Bounds: null,
                    Body: Select
                    {
                        From.Count: 0,
                        Where: null,
                        GroupBy: null,
                        Having: null,
                        Items: [{ Alias: null } only]
                    }
                }
            && !ReadsTables(only)
            ? new AuthorCondition(parts)
            : null;
    }

    // A table read in passing would escape the row rules and the cache's versions.
    private static bool ReadsTables(SqlNode node) =>
        node is Query || node.ChildNodes().Any(child => child is not null && ReadsTables(child));

    private static List<AuthorPart>? Split(string text, out string? wrong)
    {
        wrong = null;
        var parts = new List<AuthorPart>();
        var position = 0;
        while (text.IndexOf("{{", position, StringComparison.Ordinal) is var open and >= 0)
        {
            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0 || TemplateCall.ParseOperand(text[(open + 2)..close]) is not { } operand)
            {
                wrong = text[open..];
                return null;
            }

            parts.Add(new AuthorSql(text[position..open]));
            parts.Add(new AuthorOperand(operand));
            position = close + 2;
        }

        parts.Add(new AuthorSql(text[position..]));
        return parts;
    }
}
