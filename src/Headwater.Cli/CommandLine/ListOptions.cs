using System.CommandLine;

namespace Headwater.Cli.CommandLine;

/// <summary>Options that take several values, one after the other.</summary>
internal static class ListOptions
{
    /// <summary>Refuses values that look like options: a mistyped one after the last value would else be taken for a value, and nobody told.</summary>
    public static void RefuseOptions(this Option<string[]> option) =>
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
            {
                result.AddError($"Unrecognized option '{token.Value}'.");
            }
        });
}
