using Headwater.Jinja.Lexing;
using Headwater.Jinja.Syntax;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;

namespace Headwater.Jinja.Parsing;

/// <summary>Parses a template's statements. Stops at the first mistake: what follows one in a template is guesswork.</summary>
internal sealed partial class Parser
{
    private static readonly string[] Tags =
    [
        "for",
        "if",
        "set",
        "macro",
        "call",
        "filter",
        "do",
        "with",
        "break",
        "continue",
        "raw",
        "autoescape",
        "print",
    ];
    private readonly JinjaEnvironment _environment;
    private readonly TokenStream _tokens;
    private readonly ExpressionParser _expressions;
    private readonly string _source;
    private readonly List<MacroDefinition> _macros = [];
    private readonly Stack<HashSet<string>> _namesRead = new();
    private readonly Stack<(string Tag, Position Position, string[] Ends)> _open = new();
    private readonly HashSet<string> _bound = new(StringComparer.Ordinal) { "loop", "caller", "varargs", "kwargs" };
    private int _loops;

    public Parser(JinjaEnvironment environment, string source, string file, Position start)
    {
        (var tokens, _source) = Lexer.Tokenize(source, file, start);
        _environment = environment;
        _tokens = new TokenStream(tokens, file);
        _expressions = new ExpressionParser(_tokens, environment)
        {
            NameRead = name =>
            {
                foreach (var names in _namesRead)
                {
                    names.Add(name);
                }
            },
        };
    }

    public TemplateParts Parse()
    {
        var body = Statements();
        return new TemplateParts(body, _macros, _expressions.Calls, _bound);
    }

    private Block Statements(params string[] ends)
    {
        var position = _tokens.Current.Position;
        var statements = new List<Statement>();
        while (true)
        {
            var token = _tokens.Current;
            switch (token.Kind)
            {
                case TokenKind.Data:
                    _tokens.Next();
                    statements.Add(new TemplateText(token.Position, token.Text));
                    break;
                case TokenKind.VariableBegin:
                    _tokens.Next();
                    var value = _expressions.Tuple();
                    _tokens.Expect(TokenKind.VariableEnd, "}}");
                    statements.Add(new Print(token.Position, value));
                    break;
                case TokenKind.BlockBegin when ends.Contains(_tokens.Ahead.Text, StringComparer.Ordinal):
                    _tokens.Next();
                    return new Block(position, statements);
                case TokenKind.BlockBegin:
                    _tokens.Next();
                    statements.Add(StatementOf());
                    break;
                case TokenKind.End when _open.Count > 0:
                    var (tag, opened, closes) = _open.Peek();
                    throw _tokens.Fault(
                        opened,
                        JinjaDiagnostics.Unclosed,
                        $"{{% {tag} %}}",
                        string.Join(" or ", closes.Select(close => $"{{% {close} %}}"))
                    );
                default:
                    return new Block(position, statements);
            }
        }
    }

    /// <summary>The body of a block up to one of its ends, whose name is the current token afterwards.</summary>
    private Block Body(string tag, Position position, params string[] ends)
    {
        _tokens.Skip(":");
        _tokens.Expect(TokenKind.BlockEnd, "%}");
        if (_open.Count > 200)
        {
            throw _tokens.Fault(position, JinjaDiagnostics.Syntax, "blocks are nested too deeply");
        }

        _open.Push((tag, position, ends));
        var body = Statements(ends);
        _open.Pop();
        return body;
    }

    private Block BodyToEnd(string tag, Position position)
    {
        var body = Body(tag, position, "end" + tag);
        _tokens.Next();
        return body;
    }

    private Statement StatementOf()
    {
        var token = _tokens.Expect(TokenKind.Name, "the name of a tag");
        var position = token.Position;
        var statement = token.Text switch
        {
            "for" => For(position),
            "if" => If(position),
            "set" => Set(position),
            "macro" => Macro(position, "macro"),
            "call" => CallBlock(position),
            "filter" => FilterBlock(position),
            "do" => new Do(position, _expressions.Tuple()),
            "with" => With(position),
            "print" => new Print(position, _expressions.Tuple()),
            "break" => InLoop(position, new Break(position)),
            "continue" => InLoop(position, new Continue(position)),
            "autoescape" => Autoescape(position),
            "include" or "import" or "from" or "extends" or "block" => throw _tokens.Fault(
                position,
                JinjaDiagnostics.UnsupportedTag,
                token.Text
            ),
            _ when _environment.Tags.TryGetValue(token.Text, out var tag) => HostBlock(position, tag),
            _ => throw UnknownTag(token),
        };
        _tokens.Expect(TokenKind.BlockEnd, "%}");
        return statement;
    }

    private DiagnosticException UnknownTag(Token token)
    {
        var location = new SourceLocation(_tokens.File, token.Position.Line, token.Position.Column);
        var hint = _open.TryPeek(out var open)
            ? $"the innermost open block is {{% {open.Tag} %}} of line {open.Position.Line}, which ends with {string.Join(" or ", open.Ends)}"
            : NearestName.Hint(token.Text, [.. Tags, .. _environment.Tags.Keys]);
        return (JinjaDiagnostics.UnknownTag.At(location, token.Text) with { Hint = hint }).ToException();
    }

    private T InLoop<T>(Position position, T statement) =>
        _loops > 0
            ? statement
            : throw _tokens.Fault(position, JinjaDiagnostics.Syntax, "break and continue stand inside a for block");

    private AssignTarget Target(bool allowsNamespace = false, string? endName = null)
    {
        var position = _tokens.Current.Position;
        var items = new List<AssignTarget>();
        var isTuple = false;
        do
        {
            if (
                _tokens.Current.Is("=")
                || _tokens.Current.Is(")")
                || (endName is not null && _tokens.Current.IsName(endName))
            )
            {
                break;
            }

            items.Add(SingleTarget(allowsNamespace));
            isTuple |= _tokens.Current.Is(",");
        } while (_tokens.Skip(","));

        return isTuple ? new TupleTarget(position, items)
            : items.Count == 1 ? items[0]
            : throw _tokens.Unexpected("a name");
    }

    private AssignTarget SingleTarget(bool allowsNamespace)
    {
        if (_tokens.Skip("("))
        {
            var inner = Target(allowsNamespace);
            _tokens.Expect(")");
            return inner;
        }

        var token = _tokens.Expect(TokenKind.Name, "a name");
        if (token.Text is "true" or "false" or "none" or "True" or "False" or "None")
        {
            throw _tokens.Fault(token.Position, JinjaDiagnostics.Syntax, $"can't assign to '{token.Text}'");
        }

        if (allowsNamespace && _tokens.Skip("."))
        {
            _expressions.NameRead?.Invoke(token.Text);
            return new NamespaceTarget(token.Position, token.Text, _tokens.Expect(TokenKind.Name, "a name").Text);
        }

        _bound.Add(token.Text);
        return new NameTarget(token.Position, token.Text);
    }
}
