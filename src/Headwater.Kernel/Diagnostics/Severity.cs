namespace Headwater.Kernel.Diagnostics;

/// <summary>How grave a diagnostic is. Only <see cref="Error"/> stops the work it belongs to.</summary>
public enum Severity
{
    Info,
    Warning,
    Error,
}

/// <summary>Who can act on a diagnostic, and so who may read its details.</summary>
public enum Audience
{
    /// <summary>Anybody who reads a dashboard or asks a question. Never sees a database's own text.</summary>
    Viewer,

    /// <summary>Whoever writes the project's files.</summary>
    Author,

    /// <summary>Whoever runs the server.</summary>
    Operator,
}
