using System.Collections.Immutable;

namespace Headwater.Sources.Landing.Loading;

/// <summary>
/// What earlier attempts at a transaction have taught. The first attempt trusts that all values fit, which is quick; one that does not fit ends it,
/// and the next looks at every value of that file.
/// </summary>
/// <param name="Types">Types by column that were found to be needed.</param>
/// <param name="Careful">Names of the files of which every value is looked at.</param>
internal sealed record LoadAttempt(ImmutableDictionary<string, string> Types, ImmutableHashSet<string> Careful)
{
    public static LoadAttempt First { get; } =
        new(ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase), []);

    public LoadAttempt WithTypes(IEnumerable<KeyValuePair<string, string>> wider) =>
        this with
        {
            Types = Types.SetItems(wider),
        };

    public LoadAttempt Carefully(string file) => this with { Careful = Careful.Add(file) };
}
