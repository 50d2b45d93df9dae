using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Conditions;

namespace Headwater.Metrics.Tests;

public sealed class ConditionParserTests
{
    [Theory]
    [InlineData("a__b = 'x'", "a__b Equal x")]
    [InlineData("A__B <> 5", "a__b NotEqual 5")]
    [InlineData("a__b != -1.5", "a__b NotEqual -1.5")]
    [InlineData("a__b = true", "a__b Equal True")]
    [InlineData("a__b in ('x', 'it''s')", "a__b in [x|it's]")]
    [InlineData("a__b not in (1, 2)", "not(a__b in [1|2])")]
    [InlineData("a__b between 1 and 3", "all(a__b GreaterOrEqual 1; a__b LessOrEqual 3)")]
    [InlineData("a__b is not null", "not(a__b empty)")]
    [InlineData("a__b like 'x%' or a__b ilike '%Y'", "any(a__b like x%; a__b ilike %Y)")]
    [InlineData("a__b = 1 and c__d = 2 or not e__f = 3", "any(all(a__b Equal 1; c__d Equal 2); not(e__f Equal 3))")]
    [InlineData("(a__b = 1 or c__d = 2) and e__f = 3", "all(any(a__b Equal 1; c__d Equal 2); e__f Equal 3)")]
    [InlineData("{{ Dimension('a__b') }} = 'x'", "a__b Equal x")]
    [InlineData(
        "{{TimeDimension('metric_time', 'month')}} >= '2025-01-01'",
        "metric_time__month GreaterOrEqual 2025-01-01"
    )]
    [InlineData("{{ Dimension('a__t').grain('year') }} = '2025-01-01'", "a__t__year Equal 2025-01-01")]
    [InlineData("{{ Dimension('a__b') }}", "a__b true")]
    [InlineData("not a__b and c__d", "all(not(a__b true); c__d true)")]
    [InlineData("a__b is true", "all(not(a__b empty); a__b true)")]
    [InlineData("cast(a__t as timestamp) >= cast('2025-01-01' as timestamp)", "a__t GreaterOrEqual 2025-01-01")]
    [InlineData("a__t < date '2025-01-01'", "a__t Less 2025-01-01")]
    [InlineData("{{ Dimension('b', entity_path=['a']) }} = 1", "a__b Equal 1")]
    [InlineData("{{ Dimension('a__t').date_part('month') }} = 1", "a__t__extract_month Equal 1")]
    [InlineData("{{ TimeDimension('a__t', 'fiscal_year') }} = 'FY25'", "a__t__fiscal_year Equal FY25")]
    [InlineData("{{ Entity('a') }} is null", "a empty")]
    [InlineData("{{ Metric('m', group_by=['a', 'b']) }} > 2", "m by a, b Greater 2")]
    [InlineData("/* why */ a__b = 'x' -- end", "a__b Equal x")]
    public void A_condition_is_read_as_data(string text, string expected) =>
        Assert.Equal(expected, Describe(ConditionParser.Parse(text)));

    [Theory]
    [InlineData("")]
    [InlineData("a__b c__d")]
    [InlineData("cast(a__b as integer) = 1")]
    [InlineData("a__b =")]
    [InlineData("= 1")]
    [InlineData("a__b = c__d")]
    [InlineData("upper(a__b) = 'X'")]
    [InlineData("a__b = 'x'; drop table t")]
    [InlineData("a__b = 1 and")]
    [InlineData("a__b in ()")]
    [InlineData("a__b in (select 1)")]
    [InlineData("(a__b = 1")]
    [InlineData("a__b = 1)")]
    [InlineData("null = 1")]
    [InlineData("{{ Metric('x') }} > 1")]
    [InlineData("{{ Dimension('a__b')")]
    [InlineData("a__b = $1")]
    [InlineData("a__b not = 1")]
    public void What_is_no_condition_is_refused_with_its_position(string text) =>
        Assert.Equal("HW4104", Assert.Throws<DiagnosticException>(() => ConditionParser.Parse(text)).Diagnostic.Code);

    [Fact]
    public void Depth_is_bounded()
    {
        var deep = new string('(', 5_000) + "a__b = 1" + new string(')', 5_000);

        Assert.Equal("HW4104", Assert.Throws<DiagnosticException>(() => ConditionParser.Parse(deep)).Diagnostic.Code);
    }

    private static string Describe(Condition condition) =>
        condition switch
        {
            AllOf all => $"all({string.Join("; ", all.Parts.Select(Describe))})",
            AnyOf any => $"any({string.Join("; ", any.Parts.Select(Describe))})",
            Not not => $"not({Describe(not.Inner)})",
            Comparison comparison => FormattableString.Invariant(
                $"{comparison.Operand} {comparison.Operator} {comparison.Value}"
            ),
            OneOf oneOf => $"{oneOf.Operand} in [{string.Join('|', oneOf.Values)}]",
            IsTrue isTrue => $"{isTrue.Operand} true",
            IsEmpty empty => $"{empty.Operand} empty",
            Like like => $"{like.Operand} {(like.IgnoreCase ? "ilike" : "like")} {like.Pattern}",
            _ => condition.ToString(),
        };
}
