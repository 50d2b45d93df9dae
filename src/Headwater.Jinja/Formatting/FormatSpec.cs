using System.Globalization;
using System.Numerics;
using System.Text;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Formatting;

/// <summary>Python's format specification mini-language: <c>[[fill]align][sign][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed record FormatSpec
{
    private char Fill { get; init; } = ' ';
    private char? Align { get; init; }
    private char Sign { get; init; } = '-';
    private bool Alternate { get; init; }
    private int Width { get; init; }
    private char? Grouping { get; init; }
    private int? Precision { get; init; }
    private char? Type { get; init; }

    public static string Apply(object? value, string spec)
    {
        if (spec.Length == 0)
        {
            return Text.Str(value);
        }

        return value switch
        {
            DateTime time => Dates.Format(time, spec),
            DateOnly date => Dates.Format(date.ToDateTime(TimeOnly.MinValue), spec),
            _ => Parse(spec).Format(value),
        };
    }

    public static FormatSpec Of(char type, string flags, int width, int? precision) =>
        new()
        {
            Type = type,
            Width = width,
            Precision = precision,
            Alternate = flags.Contains('#'),
            Sign =
                flags.Contains('+') ? '+'
                : flags.Contains(' ') ? ' '
                : '-',
            Align =
                flags.Contains('-') ? '<'
                : flags.Contains('0') ? '='
                : '>',
            Fill = flags.Contains('0') && !flags.Contains('-') ? '0' : ' ',
        };

    public string Format(object? value)
    {
        if (Type is 's' || value is string || !Numbers.IsNumber(value) || (value is bool && Type is null))
        {
            if (value is string && Type is not (null or 's'))
            {
                throw JinjaFault.Value($"Unknown format code '{Type}' for object of type 'str'");
            }

            var text = Text.Str(value);
            return Pad("", Precision is { } limit && limit < text.Length ? text[..limit] : text, '<');
        }

        var integral =
            Type is 'd' or 'b' or 'o' or 'x' or 'X' or 'c' or 'n' || (Type is null && Numbers.IsInteger(value));
        if (integral && value is double or decimal)
        {
            throw JinjaFault.Value($"Unknown format code '{Type}' for object of type '{TypeNames.Of(value)}'");
        }

        var negative = Numbers.Compare(value!, 0L) < 0;
        var sign =
            negative ? "-"
            : Sign == '-' ? ""
            : Sign.ToString();
        var digits = integral ? Integral(BigInteger.Abs(Numbers.Big(value!))) : Fractional(value!);
        return Pad(sign, digits, '>');
    }

    private static FormatSpec Parse(string spec)
    {
        var at = 0;
        var result = new FormatSpec();
        if (spec.Length > 1 && "<>=^".Contains(spec[1]))
        {
            result = result with { Fill = spec[0], Align = spec[1] };
            at = 2;
        }
        else if ("<>=^".Contains(spec[0]))
        {
            result = result with { Align = spec[0] };
            at = 1;
        }

        if (At() is '+' or '-' or ' ')
        {
            result = result with { Sign = spec[at++] };
        }

        if (At() == '#')
        {
            result = result with { Alternate = true };
            at++;
        }

        if (At() == '0')
        {
            result = result with { Fill = result.Align is null ? '0' : result.Fill, Align = result.Align ?? '=' };
            at++;
        }

        result = result with { Width = Number() ?? 0 };
        if (At() is ',' or '_')
        {
            result = result with { Grouping = spec[at++] };
        }

        if (At() == '.')
        {
            at++;
            result = result with
            {
                Precision = Number() ?? throw JinjaFault.Value("Format specifier missing precision"),
            };
        }

        if (at < spec.Length)
        {
            result = result with { Type = spec[at++] };
        }

        return at == spec.Length ? result : throw JinjaFault.Value("Invalid format specifier");

        char At() => at < spec.Length ? spec[at] : '\0';

        int? Number()
        {
            var from = at;
            while (char.IsAsciiDigit(At()))
            {
                at++;
            }

            return at == from ? null
                : at - from > 6 ? throw JinjaFault.Limit("a format width is too large")
                : int.Parse(spec.AsSpan(from, at - from), CultureInfo.InvariantCulture);
        }
    }

    private string Integral(BigInteger value) =>
        Type switch
        {
            'c' => ((char)(int)value).ToString(),
            'b' => (Alternate ? "0b" : "") + Based(value, 2),
            'o' => (Alternate ? "0o" : "") + Based(value, 8),
            'x' => (Alternate ? "0x" : "") + Based(value, 16),
            'X' => (Alternate ? "0X" : "") + Based(value, 16).ToUpperInvariant(),
            _ => Group(value.ToString(CultureInfo.InvariantCulture).PadLeft(Precision ?? 0, '0')),
        };

    private static string Based(BigInteger value, int radix)
    {
        var output = new StringBuilder();
        do
        {
            output.Insert(0, "0123456789abcdef"[(int)(value % radix)]);
            value /= radix;
        } while (!value.IsZero);

        return output.ToString();
    }

    private string Fractional(object value)
    {
        var precision = Precision ?? 6;
        if (value is decimal exact && Type is 'f' or 'F' or null)
        {
            var magnitude = Math.Abs((decimal)value);
            return Group(
                Type is null && Precision is null
                    ? magnitude.ToString(CultureInfo.InvariantCulture)
                    : Math.Round(magnitude, Math.Min(precision, 28), MidpointRounding.ToEven)
                        .ToString($"F{precision}", CultureInfo.InvariantCulture)
            );
        }

        var number = Math.Abs(Numbers.Real(value));
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : "inf";
        }

        return Type switch
        {
            'f' or 'F' => Group(number.ToString($"F{precision}", CultureInfo.InvariantCulture)),
            '%' => Group((number * 100).ToString($"F{precision}", CultureInfo.InvariantCulture)) + "%",
            'e' or 'E' => Exponent(number, precision, Type.Value),
            'g' or 'G' or 'n' => General(number, Math.Max(1, precision)),
            null when Precision is { } digits => General(number, Math.Max(1, digits), keepsPoint: true),
            null => Group(Numbers.Repr(number)),
            _ => throw JinjaFault.Value($"Unknown format code '{Type}' for object of type '{TypeNames.Of(value)}'"),
        };
    }

    private static string Exponent(double number, int precision, char letter)
    {
        var text = number.ToString($"{letter}{precision}", CultureInfo.InvariantCulture);
        var at = text.IndexOf(letter);
        var exponent = int.Parse(text.AsSpan(at + 1), CultureInfo.InvariantCulture);
        return $"{text[..at]}{letter}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private string General(double number, int digits, bool keepsPoint = false)
    {
        var letter = Type == 'G' ? 'E' : 'e';
        var scientific = number.ToString($"e{digits - 1}", CultureInfo.InvariantCulture);
        var exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('e') + 1), CultureInfo.InvariantCulture);
        if (number != 0 && (exponent < -4 || exponent >= digits))
        {
            var text = Exponent(number, digits - 1, letter);
            var at = text.IndexOf(letter);
            return Trim(text[..at]) + text[at..];
        }

        var positional = Trim(
            number.ToString($"F{Math.Max(0, digits - 1 - (number == 0 ? 0 : exponent))}", CultureInfo.InvariantCulture)
        );
        return Group(keepsPoint && !positional.Contains('.') ? positional + ".0" : positional);
    }

    private string Trim(string text) => Alternate || !text.Contains('.') ? text : text.TrimEnd('0').TrimEnd('.');

    private string Group(string digits)
    {
        if (Grouping is not { } separator)
        {
            return digits;
        }

        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var output = new StringBuilder(point < 0 ? "" : digits[point..]);
        for (var end = whole.Length; end > 0; end -= 3)
        {
            var start = Math.Max(0, end - 3);
            output.Insert(0, whole[start..end]);
            if (start > 0)
            {
                output.Insert(0, separator);
            }
        }

        return output.ToString();
    }

    private string Pad(string sign, string body, char naturalAlign)
    {
        var missing = Width - sign.Length - body.Length;
        if (missing <= 0)
        {
            return sign + body;
        }

        return (Align ?? naturalAlign) switch
        {
            '<' => sign + body + new string(Fill, missing),
            '^' => new string(Fill, missing / 2) + sign + body + new string(Fill, missing - missing / 2),
            '=' => sign + new string(Fill, missing) + body,
            _ => new string(Fill, missing) + sign + body,
        };
    }
}
