using Headwater.Jinja.Lexing;
using Headwater.Jinja.Syntax;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Jinja.Parsing;

/// <summary>The tokens with a place in them.</summary>
internal sealed class TokenStream(List<Token> tokens, string file)
{
    private int _at;

    public Token Current => tokens[_at];

    public Token Ahead => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public Token Previous => tokens[_at - 1];

    public string File => file;

    public Token Next() => _at < tokens.Count - 1 ? tokens[_at++] : tokens[_at];

    public bool Skip(string operatorText)
    {
        if (!Current.Is(operatorText))
        {
            return false;
        }

        Next();
        return true;
    }

    public bool SkipName(string name)
    {
        if (!Current.IsName(name))
        {
            return false;
        }

        Next();
        return true;
    }

    public Token Expect(string operatorText) =>
        Current.Is(operatorText) ? Next() : throw Unexpected($"'{operatorText}'");

    public Token Expect(TokenKind kind, string described) =>
        Current.Kind == kind ? Next() : throw Unexpected(described);

    public DiagnosticException Unexpected(string expected) =>
        Fault(Current.Position, JinjaDiagnostics.Syntax, $"expected {expected}, got {Current.Described}");

    public DiagnosticException Fault(Position position, DiagnosticDescriptor descriptor, params object?[] arguments) =>
        descriptor.At(new SourceLocation(file, position.Line, position.Column), arguments).ToException();
}
