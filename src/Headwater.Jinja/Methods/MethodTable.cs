using System.Collections.Frozen;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Methods;

/// <summary>The methods of Python's built-in types.</summary>
internal static class MethodTable
{
    private static readonly FrozenDictionary<string, NativeFunction> Strings = Table(StringMethods.All);
    private static readonly FrozenDictionary<string, NativeFunction> Lists = Table(ListMethods.All);
    private static readonly FrozenDictionary<string, NativeFunction> Tuples = Table(TupleMethods.All);
    private static readonly FrozenDictionary<string, NativeFunction> Dicts = Table(DictMethods.All);
    private static readonly FrozenDictionary<string, NativeFunction> Sets = Table(SetMethods.All);

    public static bool TryGet(object? value, string name, out object? found)
    {
        var table = value switch
        {
            string => Strings,
            JinjaDict => Dicts,
            JinjaList => Lists,
            JinjaTuple => Tuples,
            JinjaSet => Sets,
            _ => null,
        };
        if (table is not null && table.TryGetValue(name, out var method))
        {
            found = new BoundMethod(method, value);
            return true;
        }

        return DateMembers.TryGet(value, name, out found);
    }

    private static FrozenDictionary<string, NativeFunction> Table(IEnumerable<NativeFunction> methods) =>
        methods.ToFrozenDictionary(method => method.Name, StringComparer.Ordinal);
}
