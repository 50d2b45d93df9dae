using Headwater.Jinja.Lexing;
using Headwater.Jinja.Syntax;
using Headwater.Kernel.Names;

namespace Headwater.Jinja.Parsing;

/// <summary>What can follow a value: access, calls, filters and tests.</summary>
internal sealed partial class ExpressionParser
{
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
