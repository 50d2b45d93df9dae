using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private SqlExpression ReadExpression() => ReadExpression(0);

    /// <summary>Reads an expression whose operators all bind at least as tightly as <paramref name="least"/>.</summary>
    private SqlExpression ReadExpression(int least) => Nested(() => Climb(least));

    private SqlExpression Climb(int least) => ClimbFrom(ReadPrefix(), least);

    private SqlExpression ClimbFrom(SqlExpression left, int least)
    {
        var most = int.MaxValue;
        while (true)
        {
            var level = LevelHere();
            if (level < Math.Max(least, 1) || level > most)
            {
                return left;
            }

            var position = left.Position;
            left = ReadOperation(left, level) with { Position = position };
            Grow(1);
            most =
                IsClosed(left) ? int.MaxValue
                : Precedence.IsLonely(level) ? level - 1
                : level;
        }
    }

    // What ends in a keyword or a parenthesis is an operand for whatever follows, however tightly that binds: a IS NULL = b.
    private static bool IsClosed(SqlExpression expression) =>
        expression is IsTest or InQuery or InList { Parenthesized: true } or Quantified;

    // The level of the operator that stands here; 0 when none does.
    private int LevelHere()
    {
        if (Now.Kind == SqlTokenKind.Symbol)
        {
            return Precedence.OfSymbol(Now.Value, _duck);
        }

        return Now.Keyword switch
        {
            "OR" => Precedence.Or,
            "AND" => Precedence.And,
            "IS" or "ISNULL" or "NOTNULL" => Precedence.Is,
            "IN" or "BETWEEN" or "LIKE" or "ILIKE" => Precedence.Pattern,
            "SIMILAR" when IsAhead(1, "TO") => Precedence.Pattern,
            "GLOB" when _duck => Precedence.Pattern,
            "NOT" when Ahead(1).Keyword is "IN" or "BETWEEN" or "LIKE" or "ILIKE" or "SIMILAR" or "GLOB" =>
                Precedence.Pattern,
            "NOT" when _duck && IsAhead(1, "NULL") => Precedence.Is,
            "OPERATOR" when SymbolAt(1, "(") => Precedence.Other,
            "OVERLAPS" => Precedence.Other,
            "AT" when IsAhead(1, "TIME") => Precedence.Zone,
            "COLLATE" => Precedence.Collation,
            _ => 0,
        };
    }

    private SqlExpression ReadOperation(SqlExpression left, int level)
    {
        switch (level)
        {
            case Precedence.Is:
                return ReadIs(left);
            case Precedence.Pattern:
                return ReadPredicate(left);
            case Precedence.Collation:
                _at++;
                return new Collate(left, ReadQualifiedName("a collation"));
            case Precedence.Zone:
                _at += 2;
                Require("ZONE");
                return new Binary(left, "AT TIME ZONE", ReadExpression(level + 1));
        }

        var name = ReadOperator();
        return level is Precedence.Comparison or Precedence.Other && IsQuantifier()
            ? ReadQuantified(left, name)
            : new Binary(left, name, ReadExpression(level + 1));
    }

    private string ReadOperator()
    {
        var token = Next();
        if (token.Keyword != "OPERATOR")
        {
            return token.Kind == SqlTokenKind.Word ? token.Keyword : token.Value;
        }

        RequireSymbol("(");
        var parts = new List<string>();
        while (Now.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedIdentifier)
        {
            parts.Add(TakeIdentifier().Text + ".");
            RequireSymbol(".");
        }

        parts.Add(Next().Value);
        RequireSymbol(")");
        return $"OPERATOR({string.Concat(parts)})";
    }

    private bool IsQuantifier() => Now.Keyword is "ANY" or "SOME" or "ALL" && SymbolAt(1, "(");

    private Quantified ReadQuantified(SqlExpression left, string name)
    {
        var quantifier = Next().Keyword == "ALL" ? "ALL" : "ANY";
        var start = Here;
        var content = ReadParenthesized();
        return content switch
        {
            { Query: { } query } => new Quantified(left, name, quantifier, new Subquery(query) { Position = start }),
            { Items.Count: 1 } => new Quantified(left, name, quantifier, content.Items[0]),
            _ => throw Expected("one array"),
        };
    }

    private SqlExpression ReadPrefix()
    {
        var start = Here;
        if (Take("NOT"))
        {
            return new Unary("NOT", ReadExpression(Precedence.Not)) { Position = start };
        }

        if (Now.Kind == SqlTokenKind.Symbol && !Now.IsEnd && IsPrefixOperator(Now.Value))
        {
            var name = Next().Value;
            var least = name is "-" or "+" ? Precedence.Sign : Precedence.Other + 1;
            return new Unary(name, ReadExpression(least)) { Position = start };
        }

        return Nested(ReadPostfix);
    }

    private bool IsPrefixOperator(string symbol) =>
        symbol is "-" or "+" or "~" or "@" or "!" or "!!" or "|/" or "||/" or "@@" or "#" or "?|" or "?-"
        && !(symbol == "#" && _duck);
}
