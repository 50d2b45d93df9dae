using System.Numerics;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Predicates;

/// <summary>All tests that Jinja defines: what can follow <c>is</c>.</summary>
internal static class BuiltInPredicates
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        .. Kinds(),
        .. Comparisons(),
        Test("odd", value => Numbers.Compare(Numbers.Modulo(Integer(value), 2L), 1L) == 0),
        Test("even", value => Numbers.Compare(Numbers.Modulo(Integer(value), 2L), 0L) == 0),
        With(
            "divisibleby",
            "num",
            (value, by) => Numbers.Compare(Numbers.Modulo(Integer(value), Integer(by)), 0L) == 0
        ),
        With("sameas", "other", Same),
        With("in", "seq", (value, container) => Operators.Contains(container, value)),
        Test("lower", value => Text.Str(value) is var text && text.Any(char.IsLower) && !text.Any(char.IsUpper)),
        Test("upper", value => Text.Str(value) is var text && text.Any(char.IsUpper) && !text.Any(char.IsLower)),
        new(
            "filter",
            ParameterList.None,
            call => call.Subject is string name && call.Context.Session.Environment.Filters.ContainsKey(name)
        ),
        new(
            "test",
            ParameterList.None,
            call => call.Subject is string name && call.Context.Session.Environment.Tests.ContainsKey(name)
        ),
    ];

    private static NativeFunction[] Kinds() =>
        [
            Test("defined", value => value is not JinjaUndefined),
            Test("undefined", value => value is JinjaUndefined),
            Test("none", value => value is null),
            Test("boolean", value => value is bool),
            Test("true", value => value is true),
            Test("false", value => value is false),
            Test("integer", value => value is long or BigInteger),
            Test("float", value => value is double),
            Test("number", Numbers.IsNumber),
            Test("string", value => value is string),
            Test("mapping", value => value is JinjaDict or IJinjaMapping),
            Test("iterable", IsIterable),
            Test(
                "sequence",
                value =>
                    value
                        is string
                            or JinjaList
                            or JinjaTuple
                            or JinjaDict
                            or JinjaRange
                            or JinjaUndefined
                            or JinjaSet
                            or IJinjaIndexed
            ),
            Test("callable", value => value is IJinjaCallable),
            Test("escaped", _ => false),
        ];

    private static IEnumerable<NativeFunction> Comparisons()
    {
        foreach (var name in (string[])["eq", "equalto", "=="])
        {
            yield return With(name, "other", PythonEquality.AreEqual);
        }

        foreach (var name in (string[])["ne", "!="])
        {
            yield return With(name, "other", (left, right) => !PythonEquality.AreEqual(left, right));
        }

        foreach (var name in (string[])["lt", "lessthan", "<"])
        {
            yield return With(name, "other", (left, right) => Operators.Compare(left, right, "<") < 0);
        }

        foreach (var name in (string[])["le", "<="])
        {
            yield return With(name, "other", (left, right) => Operators.Compare(left, right, "<=") <= 0);
        }

        foreach (var name in (string[])["gt", "greaterthan", ">"])
        {
            yield return With(name, "other", (left, right) => Operators.Compare(left, right, ">") > 0);
        }

        foreach (var name in (string[])["ge", ">="])
        {
            yield return With(name, "other", (left, right) => Operators.Compare(left, right, ">=") >= 0);
        }
    }

    private static bool IsIterable(object? value) =>
        value is string or JinjaList or JinjaTuple or JinjaDict or JinjaSet or IJinjaIterable or JinjaUndefined;

    private static bool Same(object? left, object? right) =>
        (left, right) switch
        {
            (bool a, bool b) => a == b,
            (long a, long b) => a == b,
            (string a, string b) => a == b,
            _ => ReferenceEquals(left, right),
        };

    private static object Integer(object? value) =>
        Numbers.IsNumber(value)
            ? value!
            : throw (value as JinjaUndefined)?.Fault() ?? JinjaFault.Type($"'{TypeNames.Of(value)}' is not a number");

    private static NativeFunction Test(string name, Func<object?, bool> holds) =>
        new(name, ParameterList.None, call => holds(call.Subject));

    private static NativeFunction With(string name, string parameter, Func<object?, object?, bool> holds) =>
        new(name, ParameterList.Of(parameter), call => holds(call.Subject, call.Value(0)));
}
