using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    // A type before a text: found by looking ahead over the few forms there are.
    private TypedLiteral? ReadTypedLiteral()
    {
        var count = 1;
        if (Now.Keyword is "TIMESTAMP" or "TIME")
        {
            count += SymbolAt(count, "(") && SymbolAt(count + 2, ")") ? 3 : 0;
            count += Ahead(count).Keyword is "WITH" or "WITHOUT" && IsAhead(count + 1, "TIME") ? 3 : 0;
        }
        else if (Now.Keyword == "INTERVAL")
        {
            // PostgreSQL: digits after the second, in parentheses.
            count = SymbolAt(1, "(") && SymbolAt(3, ")") ? 4 : 1;
        }
        else if (Now.Keyword == "DOUBLE" && IsAhead(1, "PRECISION"))
        {
            count = 2;
        }
        else
        {
            while (SymbolAt(count, ".") && Ahead(count + 1).Kind == SqlTokenKind.Word)
            {
                count += 2;
            }
        }

        return Ahead(count).Kind == SqlTokenKind.Text && !ReservedWords.Contains(Now.Keyword, dialect)
            ? new TypedLiteral(ReadType(), Next().Value)
            : null;
    }

    private SqlExpression? ReadInterval()
    {
        var next = Ahead(1);
        if (next.Kind == SqlTokenKind.Text || (_duck && next.Kind == SqlTokenKind.Number))
        {
            _at++;
            return new IntervalLiteral(ReadPrimary(), ReadUnit());
        }

        if (_duck && SymbolAt(1, "("))
        {
            _at++;
            return new IntervalLiteral(ReadParenthesizedValue(), ReadUnit());
        }

        return ReadTypedLiteral();
    }

    private string ReadUnit()
    {
        if (!IsUnit(Now.Keyword))
        {
            return "";
        }

        var unit = Next().Keyword.ToLowerInvariant();
        if (Is("TO") && IsUnit(Ahead(1).Keyword))
        {
            unit = $"{unit} to {tokens[(_at += 2) - 1].Keyword.ToLowerInvariant()}";
        }

        if (!_duck && SymbolAt(0, "(") && Ahead(1).Kind == SqlTokenKind.Number && SymbolAt(2, ")"))
        {
            unit = $"{unit}({tokens[(_at += 3) - 2].Value})";
        }

        return unit;
    }

    private bool IsUnit(string keyword)
    {
        if (keyword is "YEAR" or "MONTH" or "DAY" or "HOUR" or "MINUTE" or "SECOND")
        {
            return true;
        }

        return _duck
            && keyword
                is "YEARS"
                    or "MONTHS"
                    or "DAYS"
                    or "HOURS"
                    or "MINUTES"
                    or "SECONDS"
                    or "MILLISECOND"
                    or "MILLISECONDS"
                    or "MICROSECOND"
                    or "MICROSECONDS"
                    or "WEEK"
                    or "WEEKS"
                    or "QUARTER"
                    or "QUARTERS"
                    or "DECADE"
                    or "DECADES"
                    or "CENTURY"
                    or "CENTURIES"
                    or "MILLENNIUM"
                    or "MILLENNIA";
    }
}
