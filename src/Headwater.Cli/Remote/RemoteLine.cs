namespace Headwater.Cli.Remote;

/// <summary>A command sent to a server.</summary>
internal sealed record RemoteRequest(IReadOnlyList<string> Arguments, string Folder);

/// <summary>A piece of what it says: text for one of the two outputs, and at last the exit code.</summary>
internal sealed record RemoteLine(string? Out, string? Error, int? Exit);
