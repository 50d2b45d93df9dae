using System.Collections;
using Headwater.DuckDb.Statements;
using Headwater.DuckDb.Types;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.DuckDb;

/// <summary>Turns parameters into the engine's values.</summary>
internal static class ParameterBinder
{
    public static void Bind(DuckDbStatement statement, IReadOnlyList<SqlParameter> parameters)
    {
        for (var index = 0; index < parameters.Count; index++)
        {
            var parameter = parameters[index];
            using var value = ValueOf(parameter.Value, parameter.Type);
            statement.Bind(index + 1, value);
        }
    }

    /// <exception cref="ArgumentException">A value of a class that <see cref="SqlParameter"/> does not list, or that its type does not take.</exception>
    public static DuckDbValue ValueOf(object? value, ColumnType? type) =>
        type is null ? Natural(value) : ParameterCasts.ValueOf(value, type);

    private static DuckDbValue Natural(object? value) =>
        value switch
        {
            null => DuckDbValue.Null(),
            bool boolean => DuckDbValue.Boolean(boolean),
            sbyte number => DuckDbValue.Int8(number),
            byte number => DuckDbValue.UInt8(number),
            short number => DuckDbValue.Int16(number),
            ushort number => DuckDbValue.UInt16(number),
            int number => DuckDbValue.Int32(number),
            uint number => DuckDbValue.UInt32(number),
            long number => DuckDbValue.Int64(number),
            ulong number => DuckDbValue.UInt64(number),
            Int128 number => DuckDbValue.Int128(number),
            UInt128 number => DuckDbValue.UInt128(number),
            float number => DuckDbValue.Float32(number),
            double number => DuckDbValue.Float64(number),
            decimal number => ParameterCasts.Decimal(number),
            string text => DuckDbValue.Text(text),
            byte[] bytes => DuckDbValue.Blob(bytes),
            Guid uuid => DuckDbValue.Uuid(uuid),
            DateOnly date => DuckDbValue.Date(Instants.DaysOf(date)),
            TimeOnly time => DuckDbValue.Time(Instants.MicrosOf(time)),
            DateTime { Kind: DateTimeKind.Unspecified } local => DuckDbValue.Timestamp(Instants.MicrosOf(local)),
            DateTime instant => DuckDbValue.TimestampTz(Instants.MicrosOf(instant.ToUniversalTime())),
            DateTimeOffset instant => DuckDbValue.TimestampTz(Instants.MicrosOf(instant.UtcDateTime)),
            OffsetTime time => DuckDbValue.TimeTz(DuckDbTimeTz.Of(time.Micros, time.OffsetSeconds)),
            Interval span => DuckDbValue.Interval(new DuckDbInterval(span.Months, span.Days, span.Micros)),
            IEnumerable list => List(list),
            _ => throw new ArgumentException($"A parameter cannot be of the class {value.GetType()}.", nameof(value)),
        };

    private static DuckDbValue List(IEnumerable list)
    {
        var elements = list.Cast<object?>().ToList();
        var type = ParameterCasts.CommonType(list.GetType(), elements);
        return ParameterCasts.ValueOf(
            elements,
            new ColumnType(TypeKind.List) { Fields = [new ColumnField("element", type)] }
        );
    }
}
