using System.Collections.ObjectModel;

namespace Headwater.Jinja.Evaluation;

/// <summary>The evaluated arguments of a call.</summary>
public sealed class Arguments(IReadOnlyList<object?> positional, IReadOnlyDictionary<string, object?>? keyword = null)
{
    public static Arguments Empty { get; } = new([]);

    public IReadOnlyList<object?> Positional { get; } = positional;

    /// <summary>In the order given.</summary>
    public IReadOnlyDictionary<string, object?> Keyword { get; } = keyword ?? ReadOnlyDictionary<string, object?>.Empty;

    public static Arguments Of(params object?[] positional) => new(positional);

    internal Arguments WithFirst(object? first) => new([first, .. Positional], Keyword);

    internal Arguments Skip(int count) => new([.. Positional.Skip(count)], Keyword);
}
