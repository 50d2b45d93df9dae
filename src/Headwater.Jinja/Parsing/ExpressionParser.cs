using System.Runtime.CompilerServices;
using Headwater.Jinja.Lexing;
using Headwater.Jinja.Syntax;
using Headwater.Kernel.Names;

namespace Headwater.Jinja.Parsing;

/// <summary>Parses expressions with Jinja's precedences, which differ from Python's: <c>~</c> binds closer than <c>+</c>, filters closest.</summary>
internal sealed class ExpressionParser(TokenStream tokens, JinjaEnvironment environment)
{
    private const int MaxDepth = 200;
    private int _depth;

    /// <summary>Above 0 inside a branch, where an unknown filter is an error only when it is reached.</summary>
    public int BranchDepth { get; set; }

    public List<Call> Calls { get; } = [];

    /// <summary>Called with each name that is read.</summary>
    public Action<string>? NameRead { get; set; }

    public Expression Expression(bool conditional = true)
    {
        if (++_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw tokens.Fault(tokens.Current.Position, JinjaDiagnostics.Syntax, "the expression is nested too deeply");
        }

        var result = conditional ? Conditional() : Or();
        _depth--;
        return result;
    }

    /// <summary>An expression, or a tuple of several with commas between.</summary>
    public Expression Tuple(bool conditional = true, string? endName = null, bool parenthesized = false)
    {
        var position = tokens.Current.Position;
        var items = new List<Expression>();
        var isTuple = false;
        while (!IsTupleEnd(endName))
        {
            items.Add(Expression(conditional));
            if (!tokens.Skip(","))
            {
                break;
            }

            isTuple = true;
        }

        if (!isTuple && items.Count == 1)
        {
            return items[0];
        }

        return isTuple || parenthesized ? new TupleLiteral(position, items) : throw tokens.Unexpected("an expression");
    }

    public ArgumentList Arguments()
    {
        var open = tokens.Expect("(");
        var positional = new List<Expression>();
        var named = new List<NamedArgument>();
        Expression? spread = null;
        Expression? namedSpread = null;
        var first = true;
        while (!tokens.Current.Is(")"))
        {
            if (!first)
            {
                tokens.Expect(",");
                if (tokens.Current.Is(")"))
                {
                    break;
                }
            }

            first = false;
            if (tokens.Skip("*"))
            {
                Require(spread is null && namedSpread is null);
                spread = Expression();
            }
            else if (tokens.Skip("**"))
            {
                Require(namedSpread is null);
                namedSpread = Expression();
            }
            else if (tokens.Current.Kind == TokenKind.Name && tokens.Ahead.Is("="))
            {
                Require(namedSpread is null);
                var name = tokens.Next().Text;
                tokens.Next();
                named.Add(new NamedArgument(name, Expression()));
            }
            else
            {
                Require(spread is null && namedSpread is null && named.Count == 0);
                positional.Add(Expression());
            }
        }

        tokens.Expect(")");
        return new ArgumentList(positional, named, spread, namedSpread);

        void Require(bool holds)
        {
            if (!holds)
            {
                throw tokens.Fault(
                    open.Position,
                    JinjaDiagnostics.Syntax,
                    "positional arguments come before named ones, and those before ** arguments"
                );
            }
        }
    }

    /// <summary>A chain of filters after a <c>|</c>, or from the first name on for a filter block.</summary>
    public Filter? Filters(Expression? target, bool startsInline = false)
    {
        Filter? result = null;
        while (startsInline || tokens.Current.Is("|"))
        {
            if (!startsInline)
            {
                tokens.Next();
            }

            startsInline = false;
            var position = tokens.Current.Position;
            var name = DottedName();
            var arguments = tokens.Current.Is("(") ? Arguments() : ArgumentList.Empty;
            environment.Filters.TryGetValue(name, out var function);
            if (function is null && BranchDepth == 0)
            {
                throw Unknown(JinjaDiagnostics.UnknownFilter, position, name, environment.Filters.Keys);
            }

            result = new Filter(position, result ?? target, name, arguments) { Function = function };
        }

        return result;
    }

    public Expression Primary()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                tokens.Next();
                return Named(token);
            case TokenKind.String:
                tokens.Next();
                var text = token.Text;
                while (tokens.Current.Kind == TokenKind.String)
                {
                    text += tokens.Next().Text;
                }

                return new Literal(token.Position, text);
            case TokenKind.Number:
                tokens.Next();
                return new Literal(token.Position, token.Value);
            case TokenKind.Operator when token.Text == "(":
                tokens.Next();
                var inner = Tuple(parenthesized: true);
                tokens.Expect(")");
                return inner;
            case TokenKind.Operator when token.Text == "[":
                tokens.Next();
                return new ListLiteral(token.Position, Items("]"));
            case TokenKind.Operator when token.Text == "{":
                tokens.Next();
                return Dict(token.Position);
            default:
                throw tokens.Fault(token.Position, JinjaDiagnostics.Syntax, $"unexpected {token.Described}");
        }
    }

    private Expression Named(Token token)
    {
        switch (token.Text)
        {
            case "true" or "True":
                return new Literal(token.Position, true);
            case "false" or "False":
                return new Literal(token.Position, false);
            case "none" or "None":
                return new Literal(token.Position, null);
            default:
                NameRead?.Invoke(token.Text);
                return new Name(token.Position, token.Text);
        }
    }

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

    private Expression Postfix(Expression node)
    {
        while (true)
        {
            if (tokens.Current.Is("."))
            {
                node = Dotted(node);
            }
            else if (tokens.Current.Is("["))
            {
                node = Subscript(node);
            }
            else if (tokens.Current.Is("("))
            {
                node = CallOf(node);
            }
            else
            {
                return node;
            }
        }
    }

    private Expression FiltersAndTests(Expression node)
    {
        while (true)
        {
            if (tokens.Current.Is("|"))
            {
                node = Filters(node)!;
            }
            else if (tokens.Current.IsName("is"))
            {
                node = TestOf(node);
            }
            else if (tokens.Current.Is("("))
            {
                node = CallOf(node);
            }
            else
            {
                return node;
            }
        }
    }

    private Call CallOf(Expression callee)
    {
        // The place of a call is that of its name, where a reader looks.
        var position = callee.Position;
        var call = new Call(position, callee, Arguments());
        Calls.Add(call);
        return call;
    }

    private Expression Dotted(Expression target)
    {
        tokens.Next();
        var token = tokens.Next();
        return token.Kind switch
        {
            TokenKind.Name => new AttributeAccess(token.Position, target, token.Text),
            TokenKind.Number when token.Value is long => new ItemAccess(
                token.Position,
                target,
                new Literal(token.Position, token.Value)
            ),
            _ => throw tokens.Fault(token.Position, JinjaDiagnostics.Syntax, "expected a name or number after '.'"),
        };
    }

    private Expression Subscript(Expression target)
    {
        var position = tokens.Next().Position;
        var parts = new List<Expression?[]>();
        while (!tokens.Current.Is("]"))
        {
            if (parts.Count > 0)
            {
                tokens.Expect(",");
            }

            parts.Add(SubscriptPart());
        }

        tokens.Expect("]");
        return parts switch
        {
            [{ Length: 3 } slice] => new SliceAccess(position, target, slice[0], slice[1], slice[2]),
            [{ } single] => new ItemAccess(position, target, single[0]!),
            _ when parts.All(part => part.Length == 1) => new ItemAccess(
                position,
                target,
                new TupleLiteral(position, [.. parts.Select(part => part[0]!)])
            ),
            _ => throw tokens.Fault(position, JinjaDiagnostics.Syntax, "a slice stands alone"),
        };
    }

    private Expression?[] SubscriptPart()
    {
        var start = tokens.Current.Is(":") ? null : Expression();
        if (!tokens.Skip(":"))
        {
            return [start];
        }

        var stop = tokens.Current.Is(":") || IsSubscriptEnd() ? null : Expression();
        var step = tokens.Skip(":") && !IsSubscriptEnd() ? Expression() : null;
        return [start, stop, step];
    }

    private bool IsSubscriptEnd() => tokens.Current.Is("]") || tokens.Current.Is(",");

    private Expression TestOf(Expression target)
    {
        var position = tokens.Next().Position;
        var negated = tokens.SkipName("not");
        var namePosition = tokens.Current.Position;
        var name = DottedName();
        var arguments = ArgumentList.Empty;
        if (tokens.Current.Is("("))
        {
            arguments = Arguments();
        }
        else if (StartsTestArgument())
        {
            if (tokens.Current.IsName("is"))
            {
                throw tokens.Fault(tokens.Current.Position, JinjaDiagnostics.Syntax, "tests cannot be chained with is");
            }

            arguments = new ArgumentList([Postfix(Primary())], [], null, null);
        }

        environment.Tests.TryGetValue(name, out var function);
        if (function is null && BranchDepth == 0)
        {
            throw Unknown(JinjaDiagnostics.UnknownTest, namePosition, name, environment.Tests.Keys);
        }

        Expression test = new Test(position, target, name, arguments) { Function = function };
        return negated ? new Not(position, test) : test;
    }

    private bool StartsTestArgument() =>
        tokens.Current switch
        {
            { Kind: TokenKind.Name, Text: "else" or "or" or "and" } => false,
            // Jinja takes any name as an argument; these can only go on with the expression around the test.
            { Kind: TokenKind.Name, Text: "if" or "in" or "not" or "recursive" } => false,
            { Kind: TokenKind.Name or TokenKind.String or TokenKind.Number } => true,
            { Kind: TokenKind.Operator, Text: "[" or "{" } => true,
            _ => false,
        };

    private string DottedName()
    {
        var name = tokens.Expect(TokenKind.Name, "a name").Text;
        while (tokens.Skip("."))
        {
            name += "." + tokens.Expect(TokenKind.Name, "a name").Text;
        }

        return name;
    }

    private List<Expression> Items(string close)
    {
        var items = new List<Expression>();
        while (!tokens.Current.Is(close))
        {
            if (items.Count > 0)
            {
                tokens.Expect(",");
                if (tokens.Current.Is(close))
                {
                    break;
                }
            }

            items.Add(Expression());
        }

        tokens.Expect(close);
        return items;
    }

    private DictLiteral Dict(Position position)
    {
        var entries = new List<DictEntry>();
        while (!tokens.Current.Is("}"))
        {
            if (entries.Count > 0)
            {
                tokens.Expect(",");
                if (tokens.Current.Is("}"))
                {
                    break;
                }
            }

            var key = Expression();
            tokens.Expect(":");
            entries.Add(new DictEntry(key, Expression()));
        }

        tokens.Expect("}");
        return new DictLiteral(position, entries);
    }

    private bool IsTupleEnd(string? endName) =>
        tokens.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd or TokenKind.End
        || tokens.Current.Is(")")
        || (endName is not null && tokens.Current.IsName(endName));

    private Kernel.Diagnostics.DiagnosticException Unknown(
        Kernel.Diagnostics.DiagnosticDescriptor descriptor,
        Position position,
        string name,
        IReadOnlyCollection<string> known
    )
    {
        var location = new Kernel.Diagnostics.SourceLocation(tokens.File, position.Line, position.Column);
        return (descriptor.At(location, name) with { Hint = NearestName.Hint(name, known) }).ToException();
    }
}
