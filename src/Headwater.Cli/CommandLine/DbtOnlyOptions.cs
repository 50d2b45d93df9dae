using System.CommandLine;

namespace Headwater.Cli.CommandLine;

/// <summary>Options that scripts around dbt pass and that have no meaning here: accepted, and not listed.</summary>
internal static class DbtOnlyOptions
{
    private static readonly string[] Switches =
    [
        "--use-colors",
        "--no-use-colors",
        "--use-colors-file",
        "--no-use-colors-file",
        "--version-check",
        "--no-version-check",
        "--static-parser",
        "--no-static-parser",
        "--populate-cache",
        "--no-populate-cache",
        "--cache-selected-only",
        "--no-cache-selected-only",
        "--send-anonymous-usage-stats",
        "--no-send-anonymous-usage-stats",
        "--introspect",
        "--no-introspect",
        "--print",
        "--no-print",
        "--write-json",
        "--single-threaded",
        "--no-single-threaded",
        "--no-fail-fast",
        "--no-favor-state",
        "--no-defer",
        "--no-debug",
        "--no-quiet",
        "--no-warn-error",
        "--log-cache-events",
    ];

    private static readonly string[] Valued = ["--log-level", "--log-level-file", "--log-format", "--log-path"];

    public static IReadOnlyList<Option> All { get; } =
    [
        new Option<bool>("--debug", "-d") { Hidden = true, Recursive = true },
        .. Switches.Select(name => new Option<bool>(name) { Hidden = true, Recursive = true }),
        .. Valued.Select(name => new Option<string>(name) { Hidden = true, Recursive = true }),
        Refused(
            "--sample",
            "--sample is not known here: --empty reads no rows, --event-time-start and --event-time-end less of them."
        ),
    ];

    private static Option<string> Refused(string name, string words)
    {
        var option = new Option<string>(name)
        {
            Hidden = true,
            Recursive = true,
            Arity = ArgumentArity.ZeroOrOne,
        };
        option.Validators.Add(result => result.AddError(words));
        return option;
    }
}
