using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private SqlExpression ReadPrimary()
    {
        var start = Here;
        var token = Now;
        switch (token.Kind)
        {
            case SqlTokenKind.Number:
                _at++;
                return new Literal(LiteralKind.Number, token.Value) { Position = start };
            case SqlTokenKind.Text:
                _at++;
                return new Literal(LiteralKind.Text, token.Value) { Position = start };
            case SqlTokenKind.Symbol:
                return ReadSymbolValue() with { Position = start };
            case SqlTokenKind.Word when ReadKeywordValue() is { } value:
                return value with { Position = start };
            default:
                return ReadNamed();
        }
    }

    private SqlExpression ReadSymbolValue()
    {
        if (IsSymbol("("))
        {
            return ReadParenthesizedValue();
        }

        if (IsSymbol("*"))
        {
            return ReadStar(null);
        }

        if (IsSymbol("$") && Ahead(1).Kind is SqlTokenKind.Number or SqlTokenKind.Word)
        {
            _at += 2;
            return new Parameter(tokens[_at - 1].Value);
        }

        if (_duck)
        {
            if (TakeSymbol("?"))
            {
                return new Parameter(Now.Kind == SqlTokenKind.Number ? Next().Value : "");
            }

            if (IsSymbol("#") && Ahead(1).Kind == SqlTokenKind.Number)
            {
                _at += 2;
                return new PositionalReference(tokens[_at - 1].Value);
            }

            if (IsSymbol("["))
            {
                return ReadList();
            }

            if (IsSymbol("{"))
            {
                return new StructLiteral(ReadStructFields());
            }
        }

        throw Expected("an expression");
    }

    // A value that a keyword begins; null when the word is an ordinary name.
    private SqlExpression? ReadKeywordValue()
    {
        var call = SymbolAt(1, "(");
        switch (Now.Keyword)
        {
            case "NULL":
                return Constant(LiteralKind.Null);
            case "TRUE":
                return Constant(LiteralKind.True);
            case "FALSE":
                return Constant(LiteralKind.False);
            case "DEFAULT":
                return Constant(LiteralKind.Default);
            case "CASE":
                return ReadCase();
            case "CAST" when call:
            case "TRY_CAST" when call && _duck:
                return ReadCast();
            case "EXTRACT" when call:
                return ReadExtract();
            case "SUBSTRING" or "OVERLAY" or "POSITION" or "TRIM" when call:
                return ReadKeywordCall();
            case "EXISTS" when call:
                _at++;
                return new Exists(ReadQueryInParentheses());
            case "ARRAY" when call:
                _at++;
                return new ArrayQuery(ReadQueryInParentheses());
            case "ARRAY" when SymbolAt(1, "["):
                _at++;
                return ReadBracketed(true);
            case "ROW" when call:
                _at++;
                return new RowValue(ReadParenthesized().Items, true);
            case "MAP" when _duck && SymbolAt(1, "{"):
                _at++;
                return ReadMap();
            case "LAMBDA" when _duck:
                return ReadLambda();
            case "INTERVAL":
                return ReadInterval();
            case "B" or "X" when Ahead(1) is { Kind: SqlTokenKind.Text } next && next.Start == Now.End:
                _at += 2;
                return new Literal(
                    tokens[_at - 2].Keyword == "B" ? LiteralKind.Bits : LiteralKind.Bytes,
                    tokens[_at - 1].Value
                );
            case var word when ReservedWords.IsValue(word, dialect) && !call:
                _at++;
                return new KeywordValue(word.ToLowerInvariant());
            default:
                return ReadTypedLiteral();
        }
    }

    private Literal Constant(LiteralKind kind)
    {
        _at++;
        return new Literal(kind, "");
    }
}
