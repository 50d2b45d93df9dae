using System.Runtime.InteropServices;

namespace Headwater.Jinja.Lexing;

internal enum TokenKind
{
    Data,
    VariableBegin,
    VariableEnd,
    BlockBegin,
    BlockEnd,
    Name,
    String,
    Number,
    Operator,
    End,
}

/// <summary>One token. <paramref name="Offset"/> is where it starts in the normalized source.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Token(
    TokenKind Kind,
    string Text,
    Syntax.Position Position,
    int Offset,
    object? Value = null
)
{
    public bool Is(string operatorText) => Kind == TokenKind.Operator && Text == operatorText;

    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;

    /// <summary>How a message calls the token.</summary>
    public string Described =>
        Kind switch
        {
            TokenKind.End => "end of template",
            TokenKind.BlockEnd => "end of statement block",
            TokenKind.VariableEnd => "end of print statement",
            TokenKind.Data => "template text",
            TokenKind.String => $"'{Text}'",
            _ => Text,
        };
}
