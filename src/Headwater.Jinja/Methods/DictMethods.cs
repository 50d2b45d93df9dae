using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Methods;

/// <summary>Python's methods of dicts.</summary>
internal static class DictMethods
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        new("items", ParameterList.None, call => new JinjaDictView(Dict(call), DictPart.Items)),
        new("keys", ParameterList.None, call => new JinjaDictView(Dict(call), DictPart.Keys)),
        new("values", ParameterList.None, call => new JinjaDictView(Dict(call), DictPart.Values)),
        new(
            "get",
            ParameterList.Of("key", "default?"),
            call => Dict(call).TryGet(call.Value(0), out var value) ? value : call.Value(1)
        ),
        new("pop", ParameterList.Of("key", "default?"), Pop),
        new("popitem", ParameterList.None, PopItem),
        new("setdefault", ParameterList.Of("key", "default?"), SetDefault),
        new("update", null, Update),
        new("copy", ParameterList.None, call => Dict(call).Copy()),
        new("clear", ParameterList.None, Clear),
        new("fromkeys", ParameterList.Of("iterable", "value?"), FromKeys),
    ];

    private static JinjaDict Dict(NativeCall call) => (JinjaDict)call.Subject!;

    private static object? Pop(NativeCall call)
    {
        if (Dict(call).TryGet(call.Value(0), out var value))
        {
            Dict(call).Remove(call.Value(0));
            return value;
        }

        return call.Has(1) ? call.Value(1) : throw JinjaFault.Value($"KeyError: {Text.Repr(call.Value(0))}");
    }

    private static JinjaTuple PopItem(NativeCall call)
    {
        if (Dict(call).Count == 0)
        {
            throw JinjaFault.Value("popitem(): dictionary is empty");
        }

        var (key, value) = Dict(call).Last();
        Dict(call).Remove(key);
        return JinjaTuple.Of(key, value);
    }

    private static object? SetDefault(NativeCall call)
    {
        if (!Dict(call).TryGet(call.Value(0), out var value))
        {
            value = call.Value(1);
            Dict(call)[call.Value(0)] = value;
        }

        return value;
    }

    private static object? Update(NativeCall call)
    {
        foreach (var source in call.Arguments.Positional)
        {
            DictUpdates.Apply(Dict(call), source);
        }

        foreach (var (key, value) in call.Arguments.Keyword)
        {
            Dict(call)[key] = value;
        }

        return null;
    }

    private static object? Clear(NativeCall call)
    {
        Dict(call).Clear();
        return null;
    }

    private static JinjaDict FromKeys(NativeCall call)
    {
        var dict = new JinjaDict();
        foreach (var key in Iteration.Over(call.Value(0)))
        {
            dict[key] = call.Value(1);
        }

        return dict;
    }
}
