using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Tests;

/// <summary>A template's names from a dict.</summary>
internal sealed class DictNames(JinjaDict dict) : INames
{
    public static DictNames Empty { get; } = new(new JinjaDict());

    public bool TryGet(string name, out object? value) => dict.TryGet(name, out value);
}
