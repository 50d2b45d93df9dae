using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// A filter of a metric's definition: SQL that its author wrote, with dimensions as <c>{{ Dimension('account__region') }}</c>,
/// <c>{{ TimeDimension('metric_time', 'month') }}</c> or <c>{{ Entity('account') }}</c>.
/// </summary>
/// <param name="Parts">The text in pieces, in order.</param>
public sealed record FilterTemplate(string Text, SourceLocation Location, IReadOnlyList<FilterPart> Parts)
{
    public IEnumerable<DimensionReference> Dimensions => Parts.OfType<FilterDimension>().Select(part => part.Reference);

    /// <summary>Splits a filter; null, with HW4006 reported, if a call in it is not one of the known.</summary>
    public static FilterTemplate? Parse(LocatedText filter, DiagnosticBag diagnostics)
    {
        var parts = new List<FilterPart>();
        var text = filter.Text;
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf("{{", position, StringComparison.Ordinal);
            if (open < 0)
            {
                break;
            }

            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0 || DimensionCall.Parse(text[(open + 2)..close]) is not { } reference)
            {
                diagnostics.Add(MetricDiagnostics.BadFilter.At(filter.Location, text[open..]));
                return null;
            }

            parts.Add(new FilterSql(text[position..open]));
            parts.Add(new FilterDimension(reference));
            position = close + 2;
        }

        parts.Add(new FilterSql(text[position..]));
        return new FilterTemplate(text, filter.Location, parts);
    }
}

/// <summary>A piece of a filter.</summary>
public abstract record FilterPart;

public sealed record FilterSql(string Text) : FilterPart;

public sealed record FilterDimension(DimensionReference Reference) : FilterPart;
