using Headwater.Jinja.Lexing;
using Headwater.Jinja.Syntax;

namespace Headwater.Jinja.Parsing;

/// <summary>The statements, one method each.</summary>
internal sealed partial class Parser
{
    private For For(Position position)
    {
        var target = Target(endName: "in");
        if (!_tokens.SkipName("in"))
        {
            throw _tokens.Unexpected("'in'");
        }

        var items = _expressions.Tuple(conditional: false, endName: "recursive");
        var condition = _tokens.SkipName("if") ? _expressions.Expression() : null;
        var recursive = _tokens.SkipName("recursive");
        _loops++;
        var body = Body("for", position, "endfor", "else");
        _loops--;
        var otherwise = _tokens.Next().Text == "else" ? BodyToEnd("for", position) : null;
        return new For(position, target, items, condition, recursive, body, otherwise);
    }

    private If If(Position position)
    {
        var branches = new List<Branch>();
        while (true)
        {
            var condition = _expressions.Tuple(conditional: false);
            _expressions.BranchDepth++;
            branches.Add(new Branch(condition, Body("if", position, "elif", "else", "endif")));
            _expressions.BranchDepth--;
            switch (_tokens.Next().Text)
            {
                case "elif":
                    continue;
                case "else":
                    _expressions.BranchDepth++;
                    var otherwise = BodyToEnd("if", position);
                    _expressions.BranchDepth--;
                    return new If(position, branches, otherwise);
                default:
                    return new If(position, branches, null);
            }
        }
    }

    private Statement Set(Position position)
    {
        var target = Target(allowsNamespace: true);
        if (_tokens.Skip("="))
        {
            return new Set(position, target, _expressions.Tuple());
        }

        var filter = _expressions.Filters(null);
        return new SetBlock(position, target, filter, BodyToEnd("set", position));
    }

    private With With(Position position)
    {
        var targets = new List<AssignTarget>();
        var values = new List<Expression>();
        while (_tokens.Current.Kind != TokenKind.BlockEnd)
        {
            if (targets.Count > 0)
            {
                _tokens.Expect(",");
            }

            targets.Add(SingleTarget(allowsNamespace: false));
            _tokens.Expect("=");
            values.Add(_expressions.Expression());
        }

        return new With(position, targets, values, BodyToEnd("with", position));
    }

    // Output is never escaped here, so the tag only opens a block of names.
    private ScopedBlock Autoescape(Position position)
    {
        _expressions.Expression();
        return new ScopedBlock(position, BodyToEnd("autoescape", position));
    }

    private FilterBlock FilterBlock(Position position)
    {
        var filter = _expressions.Filters(null, startsInline: true)!;
        return new FilterBlock(position, filter, BodyToEnd("filter", position));
    }

    private CallBlock CallBlock(Position position)
    {
        var parameters = _tokens.Current.Is("(") ? Parameters() : [];
        if (_expressions.Expression() is not Call call)
        {
            throw _tokens.Fault(position, JinjaDiagnostics.Syntax, "a call block calls a macro: {% call name() %}");
        }

        return new CallBlock(position, call, Definition(position, "call", "caller", parameters, ArgumentList.Empty));
    }

    private MacroDefinition Macro(Position position, string tag)
    {
        var name = _tokens.Expect(TokenKind.Name, "a name").Text;
        var parameters = Parameters();
        _bound.Add(name);
        var definition = Definition(position, tag, name, parameters, ArgumentList.Empty);
        _macros.Add(definition);
        return definition;
    }

    private MacroDefinition HostBlock(Position position, BlockTag tag)
    {
        if (tag.Head == BlockTagHead.Parameters)
        {
            return Macro(position, tag.Name);
        }

        var name = _tokens.Expect(TokenKind.Name, "a name").Text;
        var options = tag.Head == BlockTagHead.Options ? Options() : ArgumentList.Empty;
        var definition = Definition(position, tag.Name, name, [], options);
        _macros.Add(definition);
        return definition;
    }

    private ArgumentList Options()
    {
        var positional = new List<Expression>();
        var named = new List<NamedArgument>();
        while (_tokens.Skip(","))
        {
            if (_tokens.Current.Kind == TokenKind.Name && _tokens.Ahead.Is("="))
            {
                var name = _tokens.Next().Text;
                _tokens.Next();
                named.Add(new NamedArgument(name, _expressions.Expression()));
            }
            else
            {
                positional.Add(_expressions.Expression());
            }
        }

        return new ArgumentList(positional, named, null, null);
    }

    private List<MacroParameter> Parameters()
    {
        var parameters = new List<MacroParameter>();
        _tokens.Expect("(");
        while (!_tokens.Current.Is(")"))
        {
            if (parameters.Count > 0)
            {
                _tokens.Expect(",");
                if (_tokens.Current.Is(")"))
                {
                    break;
                }
            }

            var name = _tokens.Expect(TokenKind.Name, "the name of a parameter");
            var value = _tokens.Skip("=") ? _expressions.Expression() : null;
            if (value is null && parameters.Exists(parameter => parameter.Default is not null))
            {
                throw _tokens.Fault(
                    name.Position,
                    JinjaDiagnostics.Syntax,
                    "non-default argument follows default argument"
                );
            }

            _bound.Add(name.Text);
            parameters.Add(new MacroParameter(name.Text, value));
        }

        _tokens.Expect(")");
        return parameters;
    }

    private MacroDefinition Definition(
        Position position,
        string tag,
        string name,
        IReadOnlyList<MacroParameter> parameters,
        ArgumentList options
    )
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        _namesRead.Push(names);
        var loops = _loops;
        _loops = 0;
        var head = _tokens.Current.Offset;
        var begin = _source.LastIndexOf("{%", head, StringComparison.Ordinal);
        var start = EndOfTag(head) - begin;
        var body = Body(tag, position, "end" + tag);
        // The current token is the name of the closing tag; its {% is the one before.
        var end = _tokens.Previous.Offset - begin;
        _tokens.Next();
        var written = _source[begin..EndOfTag(_tokens.Current.Offset)];
        _loops = loops;
        _namesRead.Pop();
        return new MacroDefinition(position, tag, name, parameters, options, body, written)
        {
            Inner = Math.Min(start, end)..end,
            UsesVarargs = names.Contains("varargs"),
            UsesKwargs = names.Contains("kwargs"),
            UsesCaller = names.Contains("caller"),
        };
    }

    // White space control is a part of the bracket: -%} and +%}.
    private int EndOfTag(int offset) => Math.Min(_source.Length, offset + (_source[offset] is '-' or '+' ? 3 : 2));
}
