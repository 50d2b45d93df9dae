using System.Globalization;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Semantics;
using Headwater.Sql.Lexing;

namespace Headwater.Metrics.Conditions;

/// <summary>
/// Reads conditions: <c>a__b = 'x'</c>, <c>in</c>, <c>not in</c>, <c>between</c>, <c>like</c>, <c>ilike</c>, <c>is [not] null</c>, or a truth value alone,
/// with and, or, not and parentheses. Dimensions stand by name or as <c>{{ Dimension('a__b') }}</c>, metrics of an entity as
/// <c>{{ Metric('m', group_by=['e']) }}</c>; both and the values may stand in <c>cast(… as timestamp)</c>. Recursive descent; depth is bounded.
/// </summary>
public sealed class ConditionParser
{
    private const int MaxDepth = 50;

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "and",
        "or",
        "not",
        "in",
        "is",
        "like",
        "ilike",
        "between",
        "null",
        "true",
        "false",
    };

    private readonly string _text;
    private readonly List<SqlToken> _tokens;
    private int _position;
    private int _depth;

    private ConditionParser(string text)
    {
        _text = text;
        _tokens = [.. SqlLexer.Read(text).Where(token => token.Kind != SqlTokenKind.Trivia)];
    }

    /// <summary>Reads one condition.</summary>
    /// <exception cref="DiagnosticException">HW4104 with the position.</exception>
    public static Condition Parse(string text)
    {
        var parser = new ConditionParser(text);
        var condition = parser.ReadOr();
        if (parser._position < parser._tokens.Count)
        {
            throw parser.Fail("nothing more was expected here");
        }

        return condition;
    }

    private Condition ReadOr() => ReadChain("or", ReadAnd, parts => new AnyOf(parts));

    private Condition ReadAnd() => ReadChain("and", ReadNot, parts => new AllOf(parts));

    private Condition ReadChain(string word, Func<Condition> read, Func<IReadOnlyList<Condition>, Condition> join)
    {
        var parts = new List<Condition> { read() };
        while (TakeWord(word))
        {
            parts.Add(read());
        }

        return parts.Count == 1 ? parts[0] : join(parts);
    }

    private Condition ReadNot()
    {
        if (++_depth > MaxDepth)
        {
            throw Fail("the condition is nested too deep");
        }

        var condition = TakeWord("not") ? new Not(ReadNot()) : ReadPrimary();
        _depth--;
        return condition;
    }

    private Condition ReadPrimary()
    {
        if (TakeSymbol("("))
        {
            var inner = ReadOr();
            Expect(")");
            return inner;
        }

        return ReadPredicate(ReadOperand());
    }

    private Condition ReadPredicate(FilterOperand operand)
    {
        if (TakeWord("is"))
        {
            return ReadIs(operand);
        }

        var not = TakeWord("not");
        if (TakeWord("in"))
        {
            return Negate(new OneOf(operand, ReadList()), not);
        }

        if (TakeWord("between"))
        {
            var low = ReadValue();
            if (!TakeWord("and"))
            {
                throw Fail("'and' was expected");
            }

            return Negate(
                new AllOf([
                    new Comparison(operand, ComparisonOperator.GreaterOrEqual, low),
                    new Comparison(operand, ComparisonOperator.LessOrEqual, ReadValue()),
                ]),
                not
            );
        }

        var ignoreCase = PeekWord("ilike");
        if (TakeWord("like") || TakeWord("ilike"))
        {
            return ReadValue() is string pattern
                ? Negate(new Like(operand, pattern, ignoreCase), not)
                : throw Fail("a pattern in quotes was expected");
        }

        return not ? throw Fail("'in', 'like' or 'between' was expected") : ReadComparison(operand);
    }

    private Condition ReadIs(FilterOperand operand)
    {
        var negated = TakeWord("not");
        if (TakeWord("null"))
        {
            return Negate(new IsEmpty(operand), negated);
        }

        if (TakeWord("true"))
        {
            // What is empty is not true: unlike a comparison, this has an answer for it.
            Condition isTrue = new AllOf([new Not(new IsEmpty(operand)), new IsTrue(operand)]);
            return negated ? new AnyOf([new IsEmpty(operand), new Not(new IsTrue(operand))]) : isTrue;
        }

        throw Fail("'null' or 'true' was expected after 'is'");
    }

    private Condition ReadComparison(FilterOperand operand)
    {
        ComparisonOperator? found =
            _position >= _tokens.Count
                ? null
                : _tokens[_position].Value switch
                {
                    "=" or "==" => ComparisonOperator.Equal,
                    "<>" or "!=" => ComparisonOperator.NotEqual,
                    "<" => ComparisonOperator.Less,
                    "<=" => ComparisonOperator.LessOrEqual,
                    ">" => ComparisonOperator.Greater,
                    ">=" => ComparisonOperator.GreaterOrEqual,
                    _ => null,
                };
        if (found is not null && _tokens[_position].Kind == SqlTokenKind.Symbol)
        {
            _position++;
            return new Comparison(operand, found.Value, ReadValue());
        }

        // Whatever may follow a whole condition may follow a truth value.
        return _position >= _tokens.Count || PeekWord("and") || PeekWord("or") || PeekSymbol(")")
            ? new IsTrue(operand)
            : throw Fail("a comparison was expected");
    }

    private FilterOperand ReadOperand()
    {
        if (PeekWord("cast") && PeekSymbol("(", 1))
        {
            _position += 2;
            var inner = ReadOperand();
            ReadTimeType();
            return inner;
        }

        if (_position >= _tokens.Count)
        {
            throw Fail("a dimension was expected");
        }

        var token = _tokens[_position];
        if (token.Value == "{")
        {
            return ReadTemplate(token);
        }

        if (token.Kind is not (SqlTokenKind.Word or SqlTokenKind.QuotedIdentifier) || Reserved.Contains(token.Value))
        {
            throw Fail("a dimension was expected");
        }

        _position++;
        return DimensionReference.Parse(token.Value);
    }

    private FilterOperand ReadTemplate(SqlToken token)
    {
        var close = _text.IndexOf("}}", token.Start, StringComparison.Ordinal);
        var operand =
            close < 0 || close < token.Start + 2 ? null : TemplateCall.ParseOperand(_text[(token.Start + 2)..close]);
        if (operand is null)
        {
            throw Fail("{{ Dimension('entity__name') }} was expected");
        }

        while (_position < _tokens.Count && _tokens[_position].Start < close + 2)
        {
            _position++;
        }

        return operand;
    }

    // A time is compared as a time whatever it is cast to, so the cast says nothing: and the column stays bare.
    private void ReadTimeType()
    {
        if (!TakeWord("as") || !(TakeWord("timestamp") || TakeWord("date") || TakeWord("datetime")))
        {
            throw Fail("'as timestamp' or 'as date' was expected");
        }

        Expect(")");
    }

    private object ReadValue()
    {
        if (PeekWord("cast") && PeekSymbol("(", 1))
        {
            _position += 2;
            var inner = ReadValue();
            ReadTimeType();
            return inner;
        }

        if ((PeekWord("timestamp") || PeekWord("date")) && _position + 1 < _tokens.Count)
        {
            _position++;
            return _tokens[_position].Kind == SqlTokenKind.Text ? ReadLiteral() : throw Fail("a time was expected");
        }

        return ReadLiteral();
    }

    private List<object> ReadList()
    {
        Expect("(");
        var values = new List<object>();
        do
        {
            values.Add(ReadValue());
        } while (TakeSymbol(","));
        Expect(")");
        return values;
    }

    private object ReadLiteral()
    {
        var negative = TakeSymbol("-");
        if (_position >= _tokens.Count)
        {
            throw Fail("a value was expected");
        }

        var token = _tokens[_position];
        object? value = token.Kind switch
        {
            SqlTokenKind.Text when !negative => token.Value,
            SqlTokenKind.Number
                when decimal.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
                negative ? -number : number,
            SqlTokenKind.Word when token.Value.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
            SqlTokenKind.Word when token.Value.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
            _ => null,
        };
        if (value is null)
        {
            throw Fail("a number, a text in single quotes, true or false was expected");
        }

        _position++;
        return value;
    }

    private static Condition Negate(Condition condition, bool negated) => negated ? new Not(condition) : condition;

    private bool PeekWord(string word) =>
        _position < _tokens.Count
        && _tokens[_position].Kind == SqlTokenKind.Word
        && _tokens[_position].Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool PeekSymbol(string symbol, int ahead = 0) =>
        _position + ahead < _tokens.Count
        && _tokens[_position + ahead].Kind == SqlTokenKind.Symbol
        && _tokens[_position + ahead].Value == symbol;

    private bool TakeWord(string word)
    {
        if (!PeekWord(word))
        {
            return false;
        }

        _position++;
        return true;
    }

    private bool TakeSymbol(string symbol)
    {
        if (!PeekSymbol(symbol))
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!TakeSymbol(symbol))
        {
            throw Fail($"'{symbol}' was expected");
        }
    }

    private DiagnosticException Fail(string what)
    {
        var position = _position < _tokens.Count ? _tokens[_position].Start : _text.Length;
        return MetricDiagnostics.BadCondition.With(position + 1, what).ToException();
    }
}
