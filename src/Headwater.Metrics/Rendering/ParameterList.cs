using System.Globalization;
using Headwater.Sql.Dialects;

namespace Headwater.Metrics.Rendering;

/// <summary>Collects the values of a statement while its text is written.</summary>
/// <param name="before">How many parameters stand before them in the statement.</param>
internal class ParameterList(int before = 0)
{
    private readonly List<object?> _values = [];

    public IReadOnlyList<object?> Values => _values;

    /// <summary>Adds a value and gives the text that stands for it.</summary>
    public virtual string Add(object value)
    {
        _values.Add(value);
        return $"${before + _values.Count}";
    }
}

/// <summary>Writes values into the text itself, for SQL that a table is made by. Only for the values of definitions.</summary>
internal sealed class LiteralList(SqlDialect dialect) : ParameterList
{
    public override string Add(object value) =>
        value switch
        {
            string text => dialect.Literal(text),
            bool flag => flag ? "TRUE" : "FALSE",
            DateOnly day => string.Create(CultureInfo.InvariantCulture, $"DATE '{day:yyyy-MM-dd}'"),
            DateTime time => string.Create(
                CultureInfo.InvariantCulture,
                $"TIMESTAMP '{time:yyyy-MM-dd HH:mm:ss.FFFFFF}'"
            ),
            IEnumerable<string> texts => $"CAST(ARRAY[{string.Join(", ", texts.Select(dialect.Literal))}] AS text[])",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"unknown value {value.GetType().Name}"),
        };
}
