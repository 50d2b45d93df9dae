using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Methods;

/// <summary>Python's methods of sets.</summary>
internal static class SetMethods
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        new("add", ParameterList.Of("item"), call => Change(call, set => set.Add(call.Value(0)))),
        new("discard", ParameterList.Of("item"), call => Change(call, set => set.Remove(call.Value(0)))),
        new("clear", ParameterList.None, call => Change(call, set => set.Clear())),
        new("remove", ParameterList.Of("item"), Remove),
        new("update", null, Update),
        new("copy", ParameterList.None, call => new JinjaSet(Set(call).Items)),
        new(
            "union",
            null,
            call => new JinjaSet([.. Set(call).Items, .. call.Arguments.Positional.SelectMany(Iteration.Over)])
        ),
        new(
            "intersection",
            null,
            call => new JinjaSet(Set(call).Items.Where(item => Others(call).All(other => other.Contains(item))))
        ),
        new(
            "difference",
            null,
            call => new JinjaSet(Set(call).Items.Where(item => !Others(call).Exists(other => other.Contains(item))))
        ),
        new("symmetric_difference", ParameterList.Of("other"), SymmetricDifference),
        new("issubset", ParameterList.Of("other"), call => Set(call).Items.All(Other(call).Contains)),
        new("issuperset", ParameterList.Of("other"), call => Other(call).Items.All(Set(call).Contains)),
        new("isdisjoint", ParameterList.Of("other"), call => !Other(call).Items.Any(Set(call).Contains)),
    ];

    private static JinjaSet Set(NativeCall call) => (JinjaSet)call.Subject!;

    private static JinjaSet Other(NativeCall call) => new(Iteration.Over(call.Value(0)));

    private static List<JinjaSet> Others(NativeCall call) =>
        [.. call.Arguments.Positional.Select(other => new JinjaSet(Iteration.Over(other)))];

    private static object? Change(NativeCall call, Action<JinjaSet> change)
    {
        change(Set(call));
        return null;
    }

    private static object? Remove(NativeCall call) =>
        Set(call).Remove(call.Value(0)) ? null : throw JinjaFault.Value($"KeyError: {Text.Repr(call.Value(0))}");

    private static object? Update(NativeCall call)
    {
        foreach (var item in call.Arguments.Positional.SelectMany(Iteration.Over).ToList())
        {
            Set(call).Add(item);
        }

        return null;
    }

    private static JinjaSet SymmetricDifference(NativeCall call)
    {
        var other = Other(call);
        return new JinjaSet([
            .. Set(call).Items.Where(item => !other.Contains(item)),
            .. other.Items.Where(item => !Set(call).Contains(item)),
        ]);
    }
}
