using Headwater.Kernel.Diagnostics;

namespace Headwater.Sql.Parsing;

/// <summary>Ends the reading of a query; caught by <see cref="SqlParser"/> alone.</summary>
internal sealed class SyntaxFailure(int offset, DiagnosticDescriptor descriptor, params object?[] arguments) : Exception
{
    public int Offset { get; } = offset;

    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    public object?[] Arguments { get; } = arguments;
}
