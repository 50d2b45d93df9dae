using System.Globalization;
using System.Numerics;

namespace Headwater.Jinja.Values;

/// <summary>Python's <c>str</c> and <c>repr</c>.</summary>
public static class Text
{
    /// <summary>What printing the value in a template gives.</summary>
    public static string Str(object? value) =>
        value switch
        {
            string text => text,
            JinjaUndefined { Behavior: UndefinedBehavior.Strict } undefined => throw undefined.Fault(),
            JinjaUndefined => "",
            DateTime time => Dates.Text(time, ' '),
            ZonedTime time => time.Text(' '),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            TimeOnly time => Dates.Text(time),
            TimeSpan span => Durations.Text(span),
            decimal number => number.ToString(CultureInfo.InvariantCulture),
            _ => Repr(value),
        };

    /// <summary>Python's source form of the value: strings in quotes.</summary>
    public static string Repr(object? value)
    {
        switch (value)
        {
            case null:
                return "None";
            case bool flag:
                return flag ? "True" : "False";
            case long number:
                return number.ToString(CultureInfo.InvariantCulture);
            case BigInteger number:
                return number.ToString(CultureInfo.InvariantCulture);
            case double number:
                return Numbers.Repr(number);
            case decimal number:
                return $"Decimal('{number.ToString(CultureInfo.InvariantCulture)}')";
            case DateTime time:
                return $"datetime.datetime({time.Year}, {time.Month}, {time.Day}, {time.Hour}, {time.Minute}{Tail(time)})";
            case ZonedTime time:
                return time.Text(' ');
            case DateOnly date:
                return $"datetime.date({date.Year}, {date.Month}, {date.Day})";
            case TimeOnly time:
                return $"datetime.time({time.Hour}, {time.Minute}{Tail(DateTime.MinValue + time.ToTimeSpan())})";
            case TimeSpan span:
                return Durations.Repr(span);
            case JinjaUndefined:
                return "Undefined";
        }

        var output = new TextBuilder();
        Append(output, value, 0);
        return output.Complete();
    }

    private static string Tail(DateTime time) =>
        time.Microsecond + time.Millisecond > 0 ? $", {time.Second}, {time.Millisecond * 1000 + time.Microsecond}"
        : time.Second > 0 ? $", {time.Second}"
        : "";

    private static void Append(TextBuilder output, object? value, int depth)
    {
        if (depth > 100)
        {
            output.Append("...");
            return;
        }

        switch (value)
        {
            case string text:
                Quote(output, text);
                break;
            case JinjaList list:
                Sequence(output, "[", list.Items, "]", depth);
                break;
            case JinjaTuple tuple:
                Sequence(output, "(", tuple.Items, tuple.Items.Count == 1 ? ",)" : ")", depth);
                break;
            case JinjaSet { Count: 0 }:
                output.Append("set()");
                break;
            case JinjaSet set:
                Sequence(output, "{", set.Items, "}", depth);
                break;
            case JinjaDict dict:
                AppendDict(output, dict, depth);
                break;
            case JinjaDictView view:
                output.Append("dict_").Append(view.Part.ToString().ToLowerInvariant());
                Sequence(output, "([", view.Iterate(), "])", depth);
                break;
            case JinjaRange range:
                output.Append(string.Create(CultureInfo.InvariantCulture, $"range({range.Start}, {range.Stop}"));
                output.Append(range.Step == 1 ? ")" : $", {range.Step})");
                break;
            case JinjaGenerator:
                output.Append("<generator object>");
                break;
            case JinjaNamespace space:
                output.Append("<Namespace ");
                AppendDict(output, space.Attributes, depth);
                output.Append('>');
                break;
            case null
            or bool
            or long
            or double
            or decimal
            or BigInteger
            or DateTime
            or DateOnly
            or ZonedTime
            or TimeOnly
            or TimeSpan
            or JinjaUndefined:
                output.Append(Repr(value));
                break;
            default:
                output.Append(value.ToString() ?? "");
                break;
        }
    }

    private static void AppendDict(TextBuilder output, JinjaDict dict, int depth)
    {
        output.Append('{');
        var first = true;
        foreach (var (key, item) in dict.Items)
        {
            output.Append(first ? "" : ", ");
            first = false;
            Append(output, key, depth + 1);
            output.Append(": ");
            Append(output, item, depth + 1);
        }

        output.Append('}');
    }

    private static void Sequence(TextBuilder output, string open, IEnumerable<object?> items, string close, int depth)
    {
        output.Append(open);
        var first = true;
        foreach (var item in items)
        {
            output.Append(first ? "" : ", ");
            first = false;
            Append(output, item, depth + 1);
        }

        output.Append(close);
    }

    private static void Quote(TextBuilder output, string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        output.Append(quote);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\\' => output.Append("\\\\"),
                '\n' => output.Append("\\n"),
                '\r' => output.Append("\\r"),
                '\t' => output.Append("\\t"),
                _ when character == quote => output.Append('\\').Append(character),
                < ' ' or '\x7f' => output
                    .Append("\\x")
                    .Append(((int)character).ToString("x2", CultureInfo.InvariantCulture)),
                _ => output.Append(character),
            };
        }

        output.Append(quote);
    }
}
