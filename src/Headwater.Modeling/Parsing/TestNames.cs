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

    /// <summary>The digest that ends the unique id of a test: of its name, its macro and its arguments, as Python prints them.</summary>
    public static string Hash(string name, string test, string? package, TestTarget target, JinjaDict arguments)
    {
        var hashed = new JinjaDict();
        foreach (var argument in arguments.Items)
        {
            hashed[Text.Str(argument.Key)] = argument.Value;
        }

        hashed["model"] = "{{ get_where_subquery(" + target.Call + ") }}";
        var metadata = new JinjaDict([
            KeyValuePair.Create("kwargs", Hashable(hashed)),
            KeyValuePair.Create("name", (object?)test),
            KeyValuePair.Create("namespace", (object?)(package ?? "None")),
        ]);
        return Digest.Md5(name + Text.Repr(metadata))[^10..];
    }

    private static object? Hashable(object? value) =>
        value switch
        {
            JinjaDict dict => new JinjaDict(
                dict.Items.OrderBy(pair => Text.Str(pair.Key), StringComparer.Ordinal)
                    .Select(pair => KeyValuePair.Create(Text.Str(pair.Key), Hashable(pair.Value)))
            ),
            JinjaList list => new JinjaList(list.Items.Select(Hashable)),
            _ => Text.Str(value),
        };

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

/// <summary>The node that a generic test is written below.</summary>
/// <param name="Source">The source's name, for a source table.</param>
internal sealed record TestTarget(string Id, string Name, string? Version, string? Source)
{
    /// <summary>What stands for it in names of tests.</summary>
    public string NameInTests =>
        Source is not null ? $"{Source}_{Name}"
        : Version is not null ? $"{Name}_v{Version}"
        : Name;

    /// <summary>The call that gives it.</summary>
    public string Call =>
        Source is not null ? $"source('{Source}', '{Name}')"
        : Version is not null ? $"ref('{Name}', version='{Version}')"
        : $"ref('{Name}')";
}
