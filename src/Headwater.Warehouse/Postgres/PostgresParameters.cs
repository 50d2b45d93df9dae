using System.Collections;
using System.Globalization;
using System.Numerics;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;
using Npgsql;
using NpgsqlTypes;

namespace Headwater.Warehouse.Postgres;

/// <summary>Turns parameters into the driver's, by place and with their type.</summary>
internal static class PostgresParameters
{
    /// <exception cref="ArgumentException">A value of a class that <see cref="SqlParameter"/> does not list, or that its type does not take.</exception>
    public static NpgsqlParameter Of(SqlParameter parameter)
    {
        var type = parameter.Type is { } stated ? TypeOf(stated) : NaturalType(parameter.Value);
        return new NpgsqlParameter { Value = ValueOf(parameter.Value, type) ?? DBNull.Value, NpgsqlDbType = type };
    }

    private static NpgsqlDbType TypeOf(ColumnType type) =>
        type.Kind switch
        {
            TypeKind.Null => NpgsqlDbType.Unknown,
            TypeKind.Boolean => NpgsqlDbType.Boolean,
            TypeKind.Int8 or TypeKind.UInt8 or TypeKind.Int16 => NpgsqlDbType.Smallint,
            TypeKind.UInt16 or TypeKind.Int32 => NpgsqlDbType.Integer,
            TypeKind.UInt32 or TypeKind.Int64 => NpgsqlDbType.Bigint,
            TypeKind.UInt64 or TypeKind.Int128 or TypeKind.UInt128 or TypeKind.Decimal => NpgsqlDbType.Numeric,
            TypeKind.Float32 => NpgsqlDbType.Real,
            TypeKind.Float64 => NpgsqlDbType.Double,
            TypeKind.Text or TypeKind.Enum => NpgsqlDbType.Text,
            TypeKind.Blob => NpgsqlDbType.Bytea,
            TypeKind.Bit => NpgsqlDbType.Varbit,
            TypeKind.Uuid => NpgsqlDbType.Uuid,
            TypeKind.Date => NpgsqlDbType.Date,
            TypeKind.Time => NpgsqlDbType.Time,
            TypeKind.TimeTz => NpgsqlDbType.TimeTz,
            TypeKind.Timestamp => NpgsqlDbType.Timestamp,
            TypeKind.TimestampTz => NpgsqlDbType.TimestampTz,
            TypeKind.Interval => NpgsqlDbType.Interval,
            TypeKind.List => NpgsqlDbType.Array | TypeOf(type.Fields[0].Type),
            _ => throw new ArgumentException($"A parameter cannot be of the kind {type.Kind}.", nameof(type)),
        };

    private static NpgsqlDbType NaturalType(object? value) =>
        value switch
        {
            null => NpgsqlDbType.Unknown,
            bool => NpgsqlDbType.Boolean,
            sbyte or byte or short => NpgsqlDbType.Smallint,
            ushort or int => NpgsqlDbType.Integer,
            uint or long => NpgsqlDbType.Bigint,
            ulong or Int128 or UInt128 or decimal => NpgsqlDbType.Numeric,
            float => NpgsqlDbType.Real,
            double => NpgsqlDbType.Double,
            string => NpgsqlDbType.Text,
            byte[] => NpgsqlDbType.Bytea,
            Guid => NpgsqlDbType.Uuid,
            DateOnly => NpgsqlDbType.Date,
            TimeOnly => NpgsqlDbType.Time,
            OffsetTime => NpgsqlDbType.TimeTz,
            DateTime { Kind: DateTimeKind.Unspecified } => NpgsqlDbType.Timestamp,
            DateTime or DateTimeOffset => NpgsqlDbType.TimestampTz,
            Interval => NpgsqlDbType.Interval,
            IEnumerable list => NpgsqlDbType.Array | ElementType(list),
            _ => throw new ArgumentException($"A parameter cannot be of the class {value.GetType()}.", nameof(value)),
        };

    // An empty list, or one of nulls, is of what its own class says; else of text.
    private static NpgsqlDbType ElementType(IEnumerable list)
    {
        if (list.Cast<object?>().FirstOrDefault(element => element is not null) is { } first)
        {
            return NaturalType(first);
        }

        var declared = list.GetType().IsArray
            ? list.GetType().GetElementType()
            : list.GetType()
                .GetInterfaces()
                .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                ?.GetGenericArguments()[0];
        var element = Nullable.GetUnderlyingType(declared ?? typeof(string)) ?? declared!;
        return element.IsValueType ? NaturalType(Activator.CreateInstance(element)) : NpgsqlDbType.Text;
    }

    private static object? ValueOf(object? value, NpgsqlDbType type)
    {
        var invariant = CultureInfo.InvariantCulture;
        return value is null ? null
            : type.HasFlag(NpgsqlDbType.Array) ? ListOf((IEnumerable)value, type & ~NpgsqlDbType.Array)
            : type switch
            {
                NpgsqlDbType.Smallint => Convert.ToInt16(value, invariant),
                NpgsqlDbType.Integer => Convert.ToInt32(value, invariant),
                NpgsqlDbType.Bigint => Convert.ToInt64(value, invariant),
                NpgsqlDbType.Numeric => value switch
                {
                    Int128 wide => (BigInteger)wide,
                    UInt128 wide => (BigInteger)wide,
                    _ => Convert.ToDecimal(value, invariant),
                },
                NpgsqlDbType.Real => Convert.ToSingle(value, invariant),
                NpgsqlDbType.Double => Convert.ToDouble(value, invariant),
                NpgsqlDbType.Varbit => new BitArray([.. ((string)value).Select(digit => digit == '1')]),
                NpgsqlDbType.Date => value is DateTime moment ? DateOnly.FromDateTime(moment) : value,
                NpgsqlDbType.Timestamp => Local(value),
                NpgsqlDbType.TimestampTz => Utc(value),
                NpgsqlDbType.TimeTz => Zoned((OffsetTime)value),
                NpgsqlDbType.Interval => new NpgsqlInterval(
                    ((Interval)value).Months,
                    ((Interval)value).Days,
                    ((Interval)value).Micros
                ),
                _ => value,
            };
    }

    private static object ListOf(IEnumerable list, NpgsqlDbType element)
    {
        object?[] values = [.. list.Cast<object?>().Select(value => ValueOf(value, element))];
        return element switch
        {
            NpgsqlDbType.Text => values.Cast<string?>().ToArray(),
            NpgsqlDbType.Bytea => values.Cast<byte[]?>().ToArray(),
            NpgsqlDbType.Varbit => values.Cast<BitArray?>().ToArray(),
            NpgsqlDbType.Boolean => values.Cast<bool?>().ToArray(),
            NpgsqlDbType.Smallint => values.Cast<short?>().ToArray(),
            NpgsqlDbType.Integer => values.Cast<int?>().ToArray(),
            NpgsqlDbType.Bigint => values.Cast<long?>().ToArray(),
            NpgsqlDbType.Numeric => values
                .Select(value => value is BigInteger wide ? (decimal)wide : (decimal?)value)
                .ToArray(),
            NpgsqlDbType.Real => values.Cast<float?>().ToArray(),
            NpgsqlDbType.Double => values.Cast<double?>().ToArray(),
            NpgsqlDbType.Uuid => values.Cast<Guid?>().ToArray(),
            NpgsqlDbType.Date => values.Cast<DateOnly?>().ToArray(),
            NpgsqlDbType.Time => values.Cast<TimeOnly?>().ToArray(),
            NpgsqlDbType.Timestamp or NpgsqlDbType.TimestampTz => values.Cast<DateTime?>().ToArray(),
            _ => throw new ArgumentException($"A parameter cannot be a list of {element}.", nameof(list)),
        };
    }

    private static DateTime Local(object value) =>
        value switch
        {
            DateOnly date => date.ToDateTime(TimeOnly.MinValue),
            DateTimeOffset instant => DateTime.SpecifyKind(instant.UtcDateTime, DateTimeKind.Unspecified),
            _ => DateTime.SpecifyKind((DateTime)value, DateTimeKind.Unspecified),
        };

    private static DateTime Utc(object value) =>
        value switch
        {
            DateTimeOffset instant => instant.UtcDateTime,
            DateTime { Kind: DateTimeKind.Local } local => local.ToUniversalTime(),
            _ => DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc),
        };

    private static DateTimeOffset Zoned(OffsetTime value) =>
        new(
            new DateTime(1, 1, 2, 0, 0, 0, DateTimeKind.Unspecified).AddTicks(
                value.Micros * TimeSpan.TicksPerMicrosecond
            ),
            TimeSpan.FromSeconds(value.OffsetSeconds)
        );
}
