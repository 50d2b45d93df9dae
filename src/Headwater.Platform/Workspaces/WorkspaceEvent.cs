using Headwater.Modeling.Building;
using Headwater.Sources.Landing;

namespace Headwater.Platform.Workspaces;

/// <summary>What a run tells while it goes on.</summary>
public abstract record WorkspaceEvent;

/// <summary>It waits for another run to end.</summary>
public sealed record RunQueued : WorkspaceEvent;

/// <summary>A source's landing begins.</summary>
public sealed record SourceStarted(string Source, int Streams) : WorkspaceEvent;

/// <summary>A stream was landed, or not.</summary>
public sealed record StreamFinished(StreamLanding Landing) : WorkspaceEvent;

/// <summary>A step of a build.</summary>
public sealed record BuildStep(BuildEvent Event) : WorkspaceEvent;
