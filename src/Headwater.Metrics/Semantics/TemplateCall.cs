using Headwater.Metrics.Time;
using Headwater.Sql.Lexing;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// The calls by which the semantic layer's templates name things: <c>Dimension('a__b')</c>, <c>Dimension('a__b').grain('month')</c>,
/// <c>TimeDimension('a__b', 'month')</c>, <c>Entity('a')</c>, <c>Metric('m', group_by=['a'])</c>, each with <c>entity_path=['e']</c>,
/// <c>.date_part('year')</c> and <c>.descending(True)</c>.
/// </summary>
/// <param name="Operand">What is named.</param>
/// <param name="Descending">Whether it sorts downwards: of use in <c>order_by</c> only.</param>
internal sealed record TemplateCall(FilterOperand Operand, bool Descending)
{
    /// <summary>What a filter names by a call, or null if it is none that a filter can hold.</summary>
    public static FilterOperand? ParseOperand(string text) =>
        Parse(text)?.Operand is { } operand and not MetricReference { GroupBy.Count: 0 } ? operand : null;

    /// <summary>The call, or null if the text is none of these.</summary>
    public static TemplateCall? Parse(string text)
    {
        var reader = new CallReader(text);
        if (reader.ReadCall() is not { } head)
        {
            return null;
        }

        var grain = head.Name == "TimeDimension" ? head.Text(1, "time_granularity_name", "time_granularity") : null;
        var part = head.Name == "TimeDimension" ? head.Text(4, "date_part_name", "date_part") : null;
        var descending = head.Flag("descending");
        while (reader.ReadMethod() is { } method)
        {
            switch (method.Name)
            {
                case "grain":
                    grain = method.Text(0, "time_granularity", "grain");
                    break;
                case "date_part":
                    part = method.Text(0, "date_part_name", "date_part");
                    break;
                case "descending":
                    descending = method.Flag("_is_descending", 0);
                    break;
                default:
                    return null;
            }
        }

        return reader.IsAtEnd && Named(head, grain, part) is { } operand ? new TemplateCall(operand, descending) : null;
    }

    private static FilterOperand? Named(CalledName head, string? grain, string? part)
    {
        if (head.Text(0, "name", "metric_name", "entity_name") is not { Length: > 0 } name)
        {
            return null;
        }

        switch (head.Name)
        {
            case "Metric":
                var groupBy = head.List(1, "group_by");
                return new MetricReference(name.ToLowerInvariant(), [.. groupBy.Select(DimensionReference.Parse)]);
            case "Dimension" or "TimeDimension" or "Entity":
                var reference = DimensionReference.Parse(name);
                var path = head.List(head.Name == "TimeDimension" ? 2 : 1, "entity_path");
                reference = reference with
                {
                    EntityPath = [.. path.Select(entity => entity.ToLowerInvariant()), .. reference.EntityPath],
                };
                return WithGrain(reference, grain?.ToLowerInvariant(), part);
            default:
                return null;
        }
    }

    private static DimensionReference? WithGrain(DimensionReference reference, string? grain, string? part) =>
        part is not null
            ? DateParts.Find(part) is { } found
                ? reference.Bare with
                {
                    Part = found,
                }
                : null
            : grain is null
                ? reference
                : Grains.Find(grain) is { } known
                    ? reference.Bare with
                    {
                        Grain = known,
                    }
                    : reference.Bare with
                    {
                        CustomGrain = grain,
                    };
}

/// <summary>A name with its arguments.</summary>
internal sealed record CalledName(
    string Name,
    IReadOnlyList<object> Positional,
    IReadOnlyDictionary<string, object> Keyword
)
{
    /// <summary>A text argument by its place or any of its names, or null.</summary>
    public string? Text(int index, params ReadOnlySpan<string> names) =>
        Value(index, names) is string { Length: > 0 } text ? text : null;

    public IReadOnlyList<string> List(int index, string name) =>
        Value(index, [name]) switch
        {
            IReadOnlyList<string> list => list,
            string text => [text],
            _ => [],
        };

    public bool Flag(string name, int index = int.MaxValue) => Value(index, [name]) is true;

    private object? Value(int index, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Keyword.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        return index < Positional.Count ? Positional[index] : null;
    }
}

/// <summary>Reads Python-like calls whose arguments are texts, lists of texts, True and False.</summary>
internal sealed class CallReader(string text)
{
    private readonly List<SqlToken> _tokens =
    [
        .. SqlLexer.Read(text).Where(token => token.Kind != SqlTokenKind.Trivia),
    ];
    private int _position;

    public bool IsAtEnd => _position == _tokens.Count;

    public CalledName? ReadCall()
    {
        if (Word() is not { } name || !Take("("))
        {
            return null;
        }

        var positional = new List<object>();
        var keyword = new Dictionary<string, object>(StringComparer.Ordinal);
        while (!Take(")"))
        {
            var key = Peek(1) == "=" ? Word() : null;
            if (key is not null)
            {
                Take("=");
            }

            if (ReadValue() is not { } value)
            {
                return null;
            }

            if (key is null)
            {
                positional.Add(value);
            }
            else
            {
                keyword[key] = value;
            }

            if (!Take(",") && Peek(0) != ")")
            {
                return null;
            }
        }

        return new CalledName(name, positional, keyword);
    }

    /// <summary>A call behind a dot, or null if none follows.</summary>
    public CalledName? ReadMethod() => Take(".") ? ReadCall() : null;

    private object? ReadValue()
    {
        if (_position >= _tokens.Count)
        {
            return null;
        }

        if (Take("[") || Take("("))
        {
            var items = new List<string>();
            while (!Take("]") && !Take(")"))
            {
                if (ReadValue() is not string item)
                {
                    return null;
                }

                items.Add(item);
                if (!Take(",") && Peek(0) is not ("]" or ")"))
                {
                    return null;
                }
            }

            return items;
        }

        var token = _tokens[_position++];
        return token.Kind switch
        {
            // Python's double quotes are a text too.
            SqlTokenKind.Text or SqlTokenKind.QuotedIdentifier => token.Value,
            SqlTokenKind.Word when token.Value is "True" or "true" => true,
            SqlTokenKind.Word when token.Value is "False" or "false" => false,
            SqlTokenKind.Word when token.Value is "None" or "none" => "",
            _ => null,
        };
    }

    private string? Word() =>
        _position < _tokens.Count && _tokens[_position].Kind == SqlTokenKind.Word ? _tokens[_position++].Value : null;

    private string? Peek(int ahead) =>
        _position + ahead < _tokens.Count && _tokens[_position + ahead].Kind == SqlTokenKind.Symbol
            ? _tokens[_position + ahead].Value
            : null;

    private bool Take(string symbol)
    {
        if (Peek(0) != symbol)
        {
            return false;
        }

        _position++;
        return true;
    }
}
