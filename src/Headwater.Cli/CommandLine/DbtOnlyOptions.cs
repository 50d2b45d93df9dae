using System.CommandLine;
using System.CommandLine.Parsing;

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
        "--print",
        "--write-json",
        "--single-threaded",
        "--no-single-threaded",
        "--log-cache-events",
    ];

    // Off is how it is without the option: only together with it is there something to settle.
    private static readonly string[] Negated =
    [
        "debug",
        "defer",
        "empty",
        "fail-fast",
        "favor-state",
        "full-refresh",
        "quiet",
        "store-failures",
        "warn-error",
    ];

    private static readonly string[] Valued = ["--log-level", "--log-level-file", "--log-format", "--log-path"];

    public static IReadOnlyList<Option> All { get; } =
    [
        new Option<bool>("--debug", "-d") { Hidden = true, Recursive = true },
        .. Switches.Select(name => new Option<bool>(name) { Hidden = true, Recursive = true }),
        .. Valued.Select(name => new Option<string>(name) { Hidden = true, Recursive = true }),
        .. Negated.Select(Off),
        Refused("--no-introspect", "--no-introspect is not known here: templates that ask the warehouse are answered."),
        Refused("--no-print", "--no-print is not known here: --quiet leaves out what templates say."),
        Refused(
            "--no-write-json",
            "--no-write-json is not known here: --target-path says where artifacts are written."
        ),
        Refused(
            "--sample",
            "--sample is not known here: --empty reads no rows, --event-time-start and --event-time-end less of them."
        ),
    ];

    private static Option<bool> Off(string name)
    {
        var option = new Option<bool>("--no-" + name) { Hidden = true, Recursive = true };
        option.Validators.Add(result =>
        {
            // Asked also where nobody gave it.
            for (var at = result.Implicit ? null : result.Parent; at is not null; at = at.Parent)
            {
                if (
                    at is CommandResult command
                    && command
                        .Children.OfType<OptionResult>()
                        .Any(other => other.Option.Name == "--" + name && !other.Implicit)
                )
                {
                    result.AddError($"--{name} and --no-{name} are both given: leave one out.");
                    return;
                }
            }
        });
        return option;
    }

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
