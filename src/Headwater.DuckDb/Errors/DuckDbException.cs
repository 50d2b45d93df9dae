namespace Headwater.DuckDb.Errors;

/// <summary>The engine refused or failed.</summary>
/// <param name="kind">The engine's class of error.</param>
/// <param name="message">The engine's own text; it can quote values and SQL.</param>
/// <param name="position">See <see cref="Position"/>.</param>
public sealed class DuckDbException(DuckDbErrorKind kind, string message, int? position = null, Exception? inner = null)
    : Exception(message, inner)
{
    public DuckDbErrorKind Kind { get; } = kind;

    /// <summary>UTF-16 offset into the statement's text, from 0, where the engine names a place.</summary>
    public int? Position { get; } = position;

    /// <summary>Whether there was no room left on a disk.</summary>
    public bool IsDiskFull =>
        Message.Contains("No space left", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("not enough space on the disk", StringComparison.OrdinalIgnoreCase);
}
