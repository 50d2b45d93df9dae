using Headwater.Jinja.Lexing;
using Headwater.Jinja.Syntax;

namespace Headwater.Jinja.Parsing;

/// <summary>Operators, from the one that binds least to unary signs.</summary>
internal sealed partial class ExpressionParser
{
    private Expression Conditional()
    {
        var expression = Or();
        while (tokens.Current.IsName("if"))
        {
            var position = tokens.Next().Position;
            BranchDepth++;
            var condition = Or();
            var otherwise = tokens.SkipName("else") ? Conditional() : null;
            BranchDepth--;
            expression = new Conditional(position, condition, expression, otherwise);
        }

        return expression;
    }

    private Expression Or()
    {
        var left = And();
        while (tokens.Current.IsName("or"))
        {
            var position = tokens.Next().Position;
            left = new Or(position, left, And());
        }

        return left;
    }

    private Expression And()
    {
        var left = Not();
        while (tokens.Current.IsName("and"))
        {
            var position = tokens.Next().Position;
            left = new And(position, left, Not());
        }

        return left;
    }

    private Expression Not()
    {
        if (!tokens.Current.IsName("not"))
        {
            return Comparison();
        }

        var position = tokens.Next().Position;
        return new Not(position, Not());
    }

    private Expression Comparison()
    {
        var first = Sum();
        var links = new List<CompareLink>();
        var position = tokens.Current.Position;
        while (ComparisonOperator() is { } comparison)
        {
            links.Add(new CompareLink(comparison, Sum()));
        }

        return links.Count == 0 ? first : new Compare(position, first, links);
    }

    private Comparison? ComparisonOperator()
    {
        var token = tokens.Current;
        if (token.IsName("not") && tokens.Ahead.IsName("in"))
        {
            tokens.Next();
            tokens.Next();
            return Syntax.Comparison.NotIn;
        }

        Comparison? comparison = (token.Kind, token.Text) switch
        {
            (TokenKind.Name, "in") => Syntax.Comparison.In,
            (TokenKind.Operator, "==") => Syntax.Comparison.Equal,
            (TokenKind.Operator, "!=") => Syntax.Comparison.NotEqual,
            (TokenKind.Operator, "<") => Syntax.Comparison.Less,
            (TokenKind.Operator, "<=") => Syntax.Comparison.LessOrEqual,
            (TokenKind.Operator, ">") => Syntax.Comparison.Greater,
            (TokenKind.Operator, ">=") => Syntax.Comparison.GreaterOrEqual,
            _ => null,
        };
        if (comparison is not null)
        {
            tokens.Next();
        }

        return comparison;
    }

    private Expression Sum()
    {
        var left = Concatenation();
        while (tokens.Current.Is("+") || tokens.Current.Is("-"))
        {
            var token = tokens.Next();
            var sign = token.Text == "+" ? BinaryOperator.Add : BinaryOperator.Subtract;
            left = new Binary(token.Position, sign, left, Concatenation());
        }

        return left;
    }

    private Expression Concatenation()
    {
        var first = Product();
        if (!tokens.Current.Is("~"))
        {
            return first;
        }

        var position = tokens.Current.Position;
        var operands = new List<Expression> { first };
        while (tokens.Skip("~"))
        {
            operands.Add(Product());
        }

        return new Concatenation(position, operands);
    }

    private Expression Product()
    {
        var left = Power();
        while (true)
        {
            BinaryOperator? sign = tokens.Current switch
            {
                { Kind: TokenKind.Operator, Text: "*" } => BinaryOperator.Multiply,
                { Kind: TokenKind.Operator, Text: "/" } => BinaryOperator.Divide,
                { Kind: TokenKind.Operator, Text: "//" } => BinaryOperator.FloorDivide,
                { Kind: TokenKind.Operator, Text: "%" } => BinaryOperator.Modulo,
                _ => null,
            };
            if (sign is null)
            {
                return left;
            }

            var position = tokens.Next().Position;
            left = new Binary(position, sign.Value, left, Power());
        }
    }

    private Expression Power()
    {
        var left = Unary();
        while (tokens.Current.Is("**"))
        {
            var position = tokens.Next().Position;
            left = new Binary(position, BinaryOperator.Power, left, Unary());
        }

        return left;
    }

    private Expression Unary(bool filtered = true)
    {
        var token = tokens.Current;
        Expression node;
        if (token.Is("-") || token.Is("+"))
        {
            tokens.Next();
            _depth++;
            var operand =
                _depth > MaxDepth
                    ? throw tokens.Fault(token.Position, JinjaDiagnostics.Syntax, "the expression is nested too deeply")
                    : Unary(filtered: false);
            _depth--;
            node = token.Text == "-" ? new Negation(token.Position, operand) : new Plus(token.Position, operand);
        }
        else
        {
            node = Primary();
        }

        node = Postfix(node);
        return filtered ? FiltersAndTests(node) : node;
    }
}
