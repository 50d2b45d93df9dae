using System.Runtime.InteropServices;
using Headwater.Jinja.Evaluation;

namespace Headwater.Jinja.Syntax;

/// <summary>A place in a template. Line and column count from 1.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Position(int Line, int Column);

/// <summary>A node of a parsed template. Immutable and safe for several threads: the state of a rendering is in its frame.</summary>
public abstract record SyntaxNode(Position Position);

/// <summary>Something with a value.</summary>
public abstract record Expression(Position Position) : SyntaxNode(Position)
{
    internal abstract object? Evaluate(Frame frame);
}

/// <summary>Something that writes output or changes names.</summary>
public abstract record Statement(Position Position) : SyntaxNode(Position)
{
    internal abstract Signal Execute(Frame frame);
}
