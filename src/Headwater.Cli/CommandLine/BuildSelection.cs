using System.CommandLine;
using Headwater.Modeling;
using Headwater.Modeling.Artifacts;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Selection;
using Headwater.Platform.Projects;

namespace Headwater.Cli.CommandLine;

/// <summary>The options that say what of a project a command is about, and how it is built, with dbt's names.</summary>
internal static class BuildSelection
{
    public static readonly Option<string[]> Select = new("--select", "-s", "--models", "-m")
    {
        Description = "What to take, in dbt's syntax: +orders, tag:nightly, path:models/marts",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "SELECTION",
    };

    public static readonly Option<string[]> Exclude = new("--exclude")
    {
        Description = "What to leave out, in the same syntax",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "SELECTION",
    };

    public static readonly Option<string?> Selector = new("--selector")
    {
        Description = "A named selection of selectors.yml",
        HelpName = "NAME",
    };

    private static readonly Option<bool> FullRefresh = new("--full-refresh", "-f")
    {
        Description = "Rebuild incremental models from nothing",
    };

    private static readonly Option<bool> NoAtomic = new("--no-atomic")
    {
        Description = "Publish node by node, as dbt does",
    };

    private static readonly Option<bool> FailFast = new("--fail-fast", "-x")
    {
        Description = "End at the first failure",
    };

    private static readonly Option<bool> Empty = new("--empty") { Description = "Make columns, read no rows" };

    private static readonly Option<bool> StoreFailures = new("--store-failures")
    {
        Description = "Keep the failing rows of tests",
    };

    private static readonly Option<bool> NoPrevious = new("--no-previous")
    {
        Description = "Do not keep what is replaced: it cannot be rolled back",
    };

    private static readonly Option<DateTime?> EventTimeStart = new("--event-time-start")
    {
        Description = "First moment of microbatches, in UTC",
        HelpName = "TIME",
    };

    private static readonly Option<DateTime?> EventTimeEnd = new("--event-time-end")
    {
        Description = "End of microbatches, in UTC",
        HelpName = "TIME",
    };

    private static readonly Option<bool> Defer = new("--defer")
    {
        Description = "Read from the environment of --state what is not built here",
    };

    public static readonly Option<string?> State = new("--state")
    {
        Description = "Folder with the manifest.json of another environment",
        HelpName = "DIR",
    };

    // Accepted, as dbt's command lines have them: builds use the threads of the engine.
    private static readonly Option<int?> Threads = new("--threads") { Hidden = true };

    private static readonly Option<int?> Concurrency = new("--concurrent-batches") { Hidden = true };

    static BuildSelection()
    {
        Select.RefuseOptions();
        Exclude.RefuseOptions();
    }

    /// <summary>Adds what says what a command is about.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(Select);
        command.Options.Add(Exclude);
        command.Options.Add(Selector);
        command.Options.Add(State);
        command.Options.Add(Threads);
    }

    /// <summary>Adds what says how it is built, too.</summary>
    public static void AddBuildingTo(Command command)
    {
        AddTo(command);
        command.Options.Add(FullRefresh);
        command.Options.Add(NoAtomic);
        command.Options.Add(FailFast);
        command.Options.Add(Empty);
        command.Options.Add(StoreFailures);
        command.Options.Add(NoPrevious);
        command.Options.Add(EventTimeStart);
        command.Options.Add(EventTimeEnd);
        command.Options.Add(Defer);
        command.Options.Add(Concurrency);
    }

    /// <summary>What is selected; <c>--selector</c> is one more selection.</summary>
    public static IReadOnlyList<string> Selected(ParseResult parsed) =>
        parsed.GetValue(Selector) is { } name
            ? [.. parsed.GetValue(Select) ?? [], "selector:" + name]
            : parsed.GetValue(Select) ?? [];

    /// <summary>The nodes that the selection means.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2117: it is none; HW2124: the state cannot be read.</exception>
    public static IReadOnlyList<ManifestNode> Nodes(ParseResult parsed, CommandScope scope, LoadedProject project) =>
        ModelBuilder.Select(project.Manifest, Selected(parsed), parsed.GetValue(Exclude) ?? [], StateOf(parsed, scope));

    private static SelectionState? StateOf(ParseResult parsed, CommandScope scope) =>
        parsed.GetValue(State) is { } folder ? SelectionState.Read(scope.FullPath(folder)) : null;

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2124, HW2154: the state cannot be read.</exception>
    public static BuildOptions Read(ParseResult parsed, CommandScope scope, string command, BuildKinds kinds) =>
        new()
        {
            Select = Selected(parsed),
            Exclude = parsed.GetValue(Exclude) ?? [],
            State = StateOf(parsed, scope),
            Kinds = kinds,
            Command = command,
            FullRefresh = parsed.GetValue(FullRefresh),
            Atomic = !parsed.GetValue(NoAtomic),
            FailFast = parsed.GetValue(FailFast),
            Empty = parsed.GetValue(Empty),
            StoreFailures = parsed.GetValue(StoreFailures),
            KeepPrevious = !parsed.GetValue(NoPrevious),
            EventTimeStart = parsed.GetValue(EventTimeStart),
            EventTimeEnd = parsed.GetValue(EventTimeEnd),
            Deferred =
                parsed.GetValue(Defer) && parsed.GetValue(State) is { } state
                    ? EarlierRun.ReadRelations(scope.FullPath(state))
                    : new Dictionary<string, string>(StringComparer.Ordinal),
        };

    /// <summary>Where a project's artifacts are.</summary>
    public static string Target(LoadedProject project) => Path.Combine(project.Folder.Root, "target");
}
