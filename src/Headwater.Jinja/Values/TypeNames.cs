using System.Numerics;

namespace Headwater.Jinja.Values;

/// <summary>Python's names of types, for messages.</summary>
internal static class TypeNames
{
    public static string Of(object? value) =>
        value switch
        {
            null => "NoneType",
            bool => "bool",
            long or BigInteger => "int",
            double => "float",
            decimal => "decimal.Decimal",
            string => "str",
            JinjaList => "list",
            JinjaTuple => "tuple",
            JinjaDict => "dict",
            JinjaSet => "set",
            JinjaRange => "range",
            JinjaGenerator => "generator",
            JinjaUndefined => "Undefined",
            JinjaNamespace => "Namespace",
            DateTime or ZonedTime => "datetime.datetime",
            DateOnly => "datetime.date",
            Evaluation.JinjaMacro => "Macro",
            _ => value.GetType().Name,
        };
}
