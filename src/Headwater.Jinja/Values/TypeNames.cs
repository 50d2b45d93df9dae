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
            TimeOnly => "datetime.time",
            TimeSpan => "datetime.timedelta",
            JinjaZone => "tzinfo",
            JinjaDictView view => "dict_" + view.Part.ToString().ToLowerInvariant(),
            Evaluation.JinjaMacro => "Macro",
            IJinjaCallable and not IJinjaObject => "function",
            IJinjaObject or IJinjaIterable => HostName(value.GetType().Name),
            _ => "object",
        };

    // Hosts name their objects for what a template sees in them: a relation, a column, a row.
    private static string HostName(string name) =>
        name.EndsWith("Object", StringComparison.Ordinal) && name.Length > 6 ? name[..^6] : name;
}
