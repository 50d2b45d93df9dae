using System.Text.Json;

namespace Headwater.Modeling.Tests.Artifacts;

/// <summary>
/// What an object of an artifact must look like, in short: <c>name:s</c> a text, <c>b</c> a boolean, <c>n</c> a number, <c>a</c> a list,
/// <c>o</c> an object, <c>v</c> a text or number; with <c>?</c> it may be null.
/// </summary>
internal static class FieldSpecification
{
    /// <summary>What is wrong with an object: fields that are missing, of another kind, or that no tool knows.</summary>
    public static IEnumerable<string> Problems(string specification, JsonElement value)
    {
        var fields = specification
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(field => field.Split(':'))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        foreach (var (name, kind) in fields)
        {
            if (!value.TryGetProperty(name, out var found))
            {
                yield return $"{name} is missing";
            }
            else if (!Fits(kind, found.ValueKind))
            {
                yield return $"{name} is {found.ValueKind}, not {kind}";
            }
        }

        foreach (var property in value.EnumerateObject().Where(property => !fields.ContainsKey(property.Name)))
        {
            yield return $"{property.Name} is in no specification";
        }
    }

    private static bool Fits(string kind, JsonValueKind found) =>
        found == JsonValueKind.Null
            ? kind.EndsWith('?')
            : kind[0] switch
            {
                's' => found == JsonValueKind.String,
                'b' => found is JsonValueKind.True or JsonValueKind.False,
                'n' => found == JsonValueKind.Number,
                'v' => found is JsonValueKind.String or JsonValueKind.Number,
                'a' => found == JsonValueKind.Array,
                _ => found == JsonValueKind.Object,
            };
}
