using System.Runtime.CompilerServices;
using Headwater.Jinja.Lexing;
using Headwater.Jinja.Syntax;
using Headwater.Kernel.Names;

namespace Headwater.Jinja.Parsing;

/// <summary>Parses expressions with Jinja's precedences, which differ from Python's: <c>~</c> binds closer than <c>+</c>, filters closest.</summary>
internal sealed partial class ExpressionParser(TokenStream tokens, JinjaEnvironment environment)
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
}
