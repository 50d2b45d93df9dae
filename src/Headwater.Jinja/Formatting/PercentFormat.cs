using System.Globalization;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Formatting;

/// <summary>Python's <c>'%s of %d' % values</c>.</summary>
internal sealed class PercentFormat
{
    private readonly string _format;
    private readonly object? _values;
    private readonly IReadOnlyList<object?> _positional;
    private readonly TextBuilder _output = new();
    private int _at;
    private int _next;

    private PercentFormat(string format, object? values)
    {
        _format = format;
        _values = values;
        _positional = values is JinjaTuple tuple ? tuple.Items : [values];
    }

    public static string Apply(string format, object? values) => new PercentFormat(format, values).Run();

    private string Run()
    {
        while (_at < _format.Length)
        {
            var character = _format[_at++];
            if (character == '%')
            {
                Directive();
            }
            else
            {
                _output.Append(character);
            }
        }

        var excess = _values is JinjaTuple ? _next < _positional.Count : _next == 0 && _values is not JinjaDict;
        return excess
            ? throw JinjaFault.Type("not all arguments converted during string formatting")
            : _output.Complete();
    }

    private void Directive()
    {
        object? named = null;
        var isNamed = Peek() == '(';
        if (isNamed)
        {
            named = Named();
        }

        var flags = Span(static character => character is '-' or '+' or ' ' or '#' or '0');
        var width = Count() ?? 0;
        int? precision = null;
        if (Peek() == '.')
        {
            _at++;
            precision = Count() ?? 0;
        }

        Span(static character => character is 'h' or 'l' or 'L');
        var type = Peek();
        _at++;
        if (type == '%')
        {
            _output.Append('%');
            return;
        }

        _output.Append(One(isNamed ? named : Take(), type, flags, width, precision));
    }

    private object? Named()
    {
        var close = _format.IndexOf(')', _at);
        if (close < 0)
        {
            throw JinjaFault.Value("incomplete format key");
        }

        var key = _format[(_at + 1)..close];
        _at = close + 1;
        return _values is not JinjaDict dict ? throw JinjaFault.Type("format requires a mapping")
            : dict.TryGet(key, out var value) ? value
            : throw JinjaFault.Value($"no value for the key '{key}'");
    }

    private static string One(object? value, char type, string flags, int width, int? precision)
    {
        switch (type)
        {
            case 's' or 'r' or 'a':
                var text = type == 's' ? Text.Str(value) : Text.Repr(value);
                return FormatSpec
                    .Of('s', flags.Replace("0", "", StringComparison.Ordinal), width, precision)
                    .Format(text);
            case 'd' or 'i' or 'u':
                RequireNumber(value, $"%{type} format: a real number is required, not {TypeNames.Of(value)}");
                var whole = value is double or decimal ? Whole(Numbers.Real(value)) : value;
                return FormatSpec.Of('d', flags, width, precision).Format(whole);
            case 'c' when value is string:
                return FormatSpec.Of('s', flags, width, null).Format(value);
            case 'x' or 'X' or 'o' or 'c':
                RequireNumber(value, $"%{type} format: an integer is required, not {TypeNames.Of(value)}");
                return FormatSpec.Of(type, flags, width, null).Format(value);
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                RequireNumber(value, $"must be real number, not {TypeNames.Of(value)}");
                return FormatSpec.Of(type, flags, width, precision).Format(value is bool ? Numbers.Real(value) : value);
            default:
                throw JinjaFault.Value($"unsupported format character '{type}'");
        }
    }

    private static object Whole(double value) =>
        double.IsFinite(value)
            ? Numbers.Normal(new System.Numerics.BigInteger(Math.Truncate(value)))
            : throw JinjaFault.Value($"cannot convert float {(double.IsNaN(value) ? "NaN" : "infinity")} to integer");

    private static void RequireNumber(object? value, string message)
    {
        if (!Numbers.IsNumber(value))
        {
            throw JinjaFault.Type(message);
        }
    }

    private object? Take() =>
        _next < _positional.Count
            ? _positional[_next++]
            : throw JinjaFault.Type("not enough arguments for format string");

    private int? Count()
    {
        if (Peek() == '*')
        {
            _at++;
            var width = Take();
            RequireNumber(width, "* wants int");
            return Numbers.Compare(width!, 0L) >= 0 && Numbers.Compare(width!, 999_999L) <= 0
                ? (int)Numbers.Big(width!)
                : throw JinjaFault.Limit("a format width is too large");
        }

        var digits = Span(char.IsAsciiDigit);
        return digits.Length == 0 ? null
            : digits.Length > 6 ? throw JinjaFault.Limit("a format width is too large")
            : int.Parse(digits, CultureInfo.InvariantCulture);
    }

    private string Span(Func<char, bool> belongs)
    {
        var from = _at;
        while (_at < _format.Length && belongs(_format[_at]))
        {
            _at++;
        }

        return _format[from.._at];
    }

    private char Peek() => _at < _format.Length ? _format[_at] : throw JinjaFault.Value("incomplete format");
}
