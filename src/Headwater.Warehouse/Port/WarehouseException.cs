namespace Headwater.Warehouse.Port;

/// <summary>What went wrong in the engine, as far as callers treat it differently.</summary>
internal enum WarehouseFailure
{
    /// <summary>The statement is wrong: syntax, unknown name, type.</summary>
    Statement,

    /// <summary>A value could not be converted or broke a constraint while running.</summary>
    Data,

    /// <summary>Another transaction changed the same rows.</summary>
    Conflict,

    /// <summary>Memory, temporary space or disk ran out.</summary>
    Resources,

    /// <summary>A file or the database itself could not be read or written.</summary>
    Storage,

    /// <summary>Anything else, a fault of the engine included.</summary>
    Engine,
}

/// <summary>
/// The engine refused or failed. <see cref="Exception.Message"/> is the engine's own text: it can quote values, and must not reach a viewer.
/// </summary>
internal sealed class WarehouseException(
    WarehouseFailure failure,
    string message,
    int? position = null,
    Exception? inner = null
) : Exception(message, inner)
{
    public WarehouseFailure Failure { get; } = failure;

    /// <summary>Character offset into the statement, from 0, where the engine names one.</summary>
    public int? Position { get; } = position;
}
