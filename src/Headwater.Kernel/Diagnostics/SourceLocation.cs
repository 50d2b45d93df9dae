namespace Headwater.Kernel.Diagnostics;

/// <summary>A place in a text file. Line and column count from 1; 0 means that only the file is known.</summary>
/// <param name="File">Path relative to the project folder, with forward slashes.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in UTF-16 units, from 1.</param>
public sealed record SourceLocation(string File, int Line = 0, int Column = 0)
{
    /// <summary>This place, or the first character of the file where only the file is known.</summary>
    public SourceLocation OrStart() => Line > 0 ? this : this with { Line = 1, Column = 1 };

    public override string ToString() =>
        Line == 0 ? File
        : Column == 0 ? $"{File}:{Line}"
        : $"{File}:{Line}:{Column}";
}
