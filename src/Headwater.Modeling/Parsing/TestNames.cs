using System.Text.RegularExpressions;
using Headwater.Jinja.Values;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Parsing;

/// <summary>The names that dbt gives to generic tests, so that selections and stored results keep meaning the same.</summary>
internal static partial class TestNames
{
    private const int LongestName = 64;

    /// <summary>The full name, and the short one with a digest where the full one is too long for a table.</summary>
    public static (string Short, string Full) Of(string test, string target, JinjaDict arguments)
    {
        var parts = arguments
            .Items.Where(argument => argument.Key is not "model")
            .OrderBy(argument => Text.Str(argument.Key), StringComparer.Ordinal)
            .SelectMany(argument => Flat(argument.Value))
            .Select(part => NotWord().Replace(part, "_"));
        var head = $"{test}_{target}";
        var full = $"{head}_{string.Join("__", parts)}";
        return full.Length >= LongestName
            ? ($"{head[..Math.Min(30, head.Length)]}_{Digest.Md5(full)}", full)
            : (full, full);
    }

    private static IEnumerable<string> Flat(object? value) =>
        value switch
        {
            JinjaDict dict => dict.Values.Select(Text.Str),
            JinjaList list => list.Items.Select(Text.Str),
            _ => [Text.Str(value)],
        };

    [GeneratedRegex("[^0-9a-zA-Z_]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotWord();
}
