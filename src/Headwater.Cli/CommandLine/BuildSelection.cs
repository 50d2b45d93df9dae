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

    private static readonly Option<IndirectSelection?> Indirect = new("--indirect-selection")
    {
        Description = "Which tests come along: eager (any selected parent), cautious, buildable or empty",
        HelpName = "MODE",
    };

    private static readonly Option<string[]> Types = Kinds(
        "--resource-type",
        "--resource-types",
        "What kinds of nodes to take"
    );

    private static readonly Option<string[]> NotTypes = Kinds(
        "--exclude-resource-type",
        "--exclude-resource-types",
        "What kinds of nodes to leave out"
    );

    private static readonly Option<bool> FavorState = new("--favor-state")
    {
        Description = "With --defer: read from there also what is here, but not built now",
    };

    public static readonly Option<bool> FullRefresh = new("--full-refresh", "-f")
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

    private static Option<string[]> Kinds(string name, string alias, string description)
    {
        var option = new Option<string[]>(name, alias)
        {
            Description = description + ": " + string.Join(", ", ResourceTypes.Known),
            AllowMultipleArgumentsPerToken = true,
            HelpName = "TYPE",
        };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !ResourceTypes.IsKnown(token.Value)))
            {
                result.AddError(
                    $"'{token.Value}' is no kind of node. {Kernel.Names.NearestName.Hint(token.Value, ResourceTypes.Known)}"
                );
            }
        });
        return option;
    }

    /// <summary>Adds what says what a command is about.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(Select);
        command.Options.Add(Exclude);
        command.Options.Add(Selector);
        command.Options.Add(Indirect);
        command.Options.Add(Types);
        command.Options.Add(NotTypes);
        command.Options.Add(State);
        command.Options.Add(Threads);
    }

    /// <summary>Adds what says how it is built, too.</summary>
    public static void AddBuildingTo(Command command)
    {
        AddTo(command);
        AddDeferTo(command);
        command.Options.Add(FullRefresh);
        command.Options.Add(NoAtomic);
        command.Options.Add(FailFast);
        command.Options.Add(Empty);
        command.Options.Add(StoreFailures);
        command.Options.Add(NoPrevious);
        command.Options.Add(EventTimeStart);
        command.Options.Add(EventTimeEnd);
        command.Options.Add(Concurrency);
    }

    /// <summary>Adds what commands take that only look.</summary>
    public static void AddLookingTo(Command command)
    {
        AddTo(command);
        AddDeferTo(command);
        command.Options.Add(FullRefresh);
    }

    /// <summary>Adds what says that another environment is read.</summary>
    public static void AddDeferTo(Command command)
    {
        command.Options.Add(Defer);
        command.Options.Add(FavorState);
    }

    /// <summary>What is selected; <c>--selector</c> is one more selection.</summary>
    public static IReadOnlyList<string> Selected(ParseResult parsed) =>
        parsed.GetValue(Selector) is { } name
            ? [.. parsed.GetValue(Select) ?? [], "selector:" + name]
            : parsed.GetValue(Select) ?? [];

    /// <summary>The nodes that the selection means.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2117: it is none; HW2124: the state cannot be read.</exception>
    public static IReadOnlyList<ManifestNode> Nodes(ParseResult parsed, CommandScope scope, LoadedProject project) =>
        [
            .. ModelBuilder
                .Select(
                    project.Manifest,
                    Selected(parsed),
                    parsed.GetValue(Exclude) ?? [],
                    StateOf(parsed, scope),
                    IndirectOf(parsed, project)
                )
                .Where(node =>
                    ResourceTypes.Takes(
                        node.ResourceType,
                        parsed.GetValue(Types) ?? [],
                        parsed.GetValue(NotTypes) ?? []
                    )
                ),
        ];

    // As dbt looks for it: the command line, the environment, the project.
    private static IndirectSelection IndirectOf(ParseResult parsed, LoadedProject project) =>
        parsed.GetValue(Indirect)
        ?? Mode(Environment.GetEnvironmentVariable("DBT_INDIRECT_SELECTION"))
        ?? Mode(ProjectFlags.Of(project, "indirect_selection"))
        ?? IndirectSelection.Eager;

    private static IndirectSelection? Mode(string? word) =>
        Enum.TryParse<IndirectSelection>(word, ignoreCase: true, out var mode) ? mode : null;

    private static SelectionState? StateOf(ParseResult parsed, CommandScope scope) =>
        parsed.GetValue(State) is { } folder ? SelectionState.Read(scope.FullPath(folder)) : null;

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2124, HW2154: the state cannot be read.</exception>
    public static BuildOptions Read(
        ParseResult parsed,
        CommandScope scope,
        LoadedProject project,
        string command,
        BuildKinds kinds
    ) =>
        new()
        {
            Select = Selected(parsed),
            Exclude = parsed.GetValue(Exclude) ?? [],
            State = StateOf(parsed, scope),
            Indirect = IndirectOf(parsed, project),
            Kinds = ResourceTypes.Of(kinds, parsed.GetValue(Types) ?? [], parsed.GetValue(NotTypes) ?? []),
            Command = command,
            FullRefresh = parsed.GetValue(FullRefresh),
            Atomic = !parsed.GetValue(NoAtomic),
            FailFast = parsed.GetValue(FailFast),
            Empty = parsed.GetValue(Empty),
            StoreFailures = parsed.GetValue(StoreFailures),
            KeepPrevious = !parsed.GetValue(NoPrevious),
            EventTimeStart = parsed.GetValue(EventTimeStart),
            EventTimeEnd = parsed.GetValue(EventTimeEnd),
            Deferred = DeferredTo(parsed, scope),
            FavorState = parsed.GetValue(FavorState),
        };

    /// <summary>How a command that only looks sees the project.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW9016, HW2154.</exception>
    public static BuildOptions Looking(ParseResult parsed, CommandScope scope) =>
        new()
        {
            FullRefresh = parsed.GetValue(FullRefresh),
            Deferred = DeferredTo(parsed, scope),
            FavorState = parsed.GetValue(FavorState),
        };

    private static IReadOnlyDictionary<string, string> DeferredTo(ParseResult parsed, CommandScope scope) =>
        !parsed.GetValue(Defer) ? new Dictionary<string, string>(StringComparer.Ordinal)
        : parsed.GetValue(State) is { } state ? EarlierRun.ReadRelations(scope.FullPath(state))
        : throw CliDiagnostics.DeferWithoutState.With().ToException();
}
