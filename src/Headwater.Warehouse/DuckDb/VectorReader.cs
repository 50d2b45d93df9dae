using Headwater.DuckDb.Results;
using Headwater.DuckDb.Types;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.DuckDb;

/// <summary>Copies vectors into columns: whole arrays at once where the engine stores values as we do.</summary>
internal static class VectorReader
{
    public static Column Read(VectorView view, DuckDbType from, ColumnType to)
    {
        var validity = view.Validity is { IsEmpty: false } bits ? bits.ToArray() : null;
        return from.Id switch
        {
            DuckDbTypeId.Boolean or DuckDbTypeId.UTinyInt => Copy<byte>(view, to, validity),
            DuckDbTypeId.TinyInt => Copy<sbyte>(view, to, validity),
            DuckDbTypeId.SmallInt => Copy<short>(view, to, validity),
            DuckDbTypeId.USmallInt => Copy<ushort>(view, to, validity),
            DuckDbTypeId.Integer or DuckDbTypeId.Date => Copy<int>(view, to, validity),
            DuckDbTypeId.UInteger => Copy<uint>(view, to, validity),
            DuckDbTypeId.BigInt or DuckDbTypeId.Time or DuckDbTypeId.Timestamp or DuckDbTypeId.TimestampTz =>
                Copy<long>(view, to, validity),
            DuckDbTypeId.UBigInt => Copy<ulong>(view, to, validity),
            DuckDbTypeId.HugeInt => Copy<Int128>(view, to, validity),
            DuckDbTypeId.UHugeInt => Copy<UInt128>(view, to, validity),
            DuckDbTypeId.Float => Copy<float>(view, to, validity),
            DuckDbTypeId.Double => Copy<double>(view, to, validity),
            DuckDbTypeId.Interval => Copy<Interval>(view, to, validity),
            DuckDbTypeId.Uuid => Map<UInt128, Guid>(view, to, validity, DuckDbUuid.FromStored),
            DuckDbTypeId.TimeTz => Map<DuckDbTimeTz, OffsetTime>(
                view,
                to,
                validity,
                value => new OffsetTime(value.Micros, value.OffsetSeconds)
            ),
            DuckDbTypeId.TimestampSeconds => Map<long, long>(view, to, validity, value => Scale(value, 1_000_000)),
            DuckDbTypeId.TimestampMillis => Map<long, long>(view, to, validity, value => Scale(value, 1_000)),
            DuckDbTypeId.TimestampNanos or DuckDbTypeId.TimestampTzNanos or DuckDbTypeId.TimeNanos => Map<long, long>(
                view,
                to,
                validity,
                FloorToMicros
            ),
            DuckDbTypeId.Decimal => ReadDecimal(view, from, to, validity),
            DuckDbTypeId.Enum => new EnumColumn(to, ReadCodes(view, from), validity),
            DuckDbTypeId.Varchar => ReadText(view, to, validity),
            DuckDbTypeId.Blob => ReadBlob(view, to, validity),
            DuckDbTypeId.Bit => ReadBits(view, to, validity),
            DuckDbTypeId.List => ReadList(view, from, to, validity),
            DuckDbTypeId.Array => ReadArray(view, from, to, validity),
            DuckDbTypeId.Map => ReadMap(view, from, to, validity),
            DuckDbTypeId.Struct => ReadStruct(view, from, to, validity),
            DuckDbTypeId.Null => new NullColumn(view.Length),
            _ => throw new InvalidOperationException($"No reader for {from.Id}: {nameof(DuckDbTypes)} let it pass."),
        };
    }

    private static FixedColumn<T> Copy<T>(VectorView view, ColumnType to, ulong[]? validity)
        where T : unmanaged => new(to, view.Values<T>().ToArray(), validity);

    private static FixedColumn<TTo> Map<TFrom, TTo>(
        VectorView view,
        ColumnType to,
        ulong[]? validity,
        Func<TFrom, TTo> convert
    )
        where TFrom : unmanaged
        where TTo : unmanaged => new(to, Convert(view, convert), validity);

    private static TTo[] Convert<TFrom, TTo>(VectorView view, Func<TFrom, TTo> convert)
        where TFrom : unmanaged
    {
        var source = view.Values<TFrom>();
        var values = new TTo[source.Length];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = convert(source[row]);
        }

        return values;
    }

    // Infinities and the unspecified values under nulls must not overflow.
    private static long Scale(long value, long factor) => IsoText.IsInfinite(value) ? value : unchecked(value * factor);

    private static long FloorToMicros(long nanos) =>
        IsoText.IsInfinite(nanos) ? nanos : (long)Math.Floor(nanos / 1000m);

    private static DecimalColumn ReadDecimal(VectorView view, DuckDbType from, ColumnType to, ulong[]? validity) =>
        from.Storage switch
        {
            DuckDbTypeId.SmallInt => new DecimalColumn(to, Convert<short, long>(view, value => value), validity),
            DuckDbTypeId.Integer => new DecimalColumn(to, Convert<int, long>(view, value => value), validity),
            DuckDbTypeId.BigInt => new DecimalColumn(to, view.Values<long>().ToArray(), validity),
            _ => new DecimalColumn(to, view.Values<Int128>().ToArray(), validity),
        };

    private static int[] ReadCodes(VectorView view, DuckDbType from) =>
        from.Storage switch
        {
            DuckDbTypeId.UTinyInt => Convert<byte, int>(view, value => value),
            DuckDbTypeId.USmallInt => Convert<ushort, int>(view, value => value),
            _ => view.Values<int>().ToArray(),
        };

    private static TextColumn ReadText(VectorView view, ColumnType to, ulong[]? validity)
    {
        var offsets = new int[view.Length + 1];
        return new TextColumn(to, view.CopyBytes(offsets), offsets, validity);
    }

    private static BlobColumn ReadBlob(VectorView view, ColumnType to, ulong[]? validity)
    {
        var offsets = new int[view.Length + 1];
        return new BlobColumn(to, view.CopyBytes(offsets), offsets, validity);
    }

    private static TextColumn ReadBits(VectorView view, ColumnType to, ulong[]? validity)
    {
        var stored = new int[view.Length + 1];
        var bytes = view.CopyBytes(stored);
        var digits = new byte[bytes.Length * 8];
        var offsets = new int[view.Length + 1];
        for (var row = 0; row < view.Length; row++)
        {
            var value = bytes.AsSpan(stored[row]..stored[row + 1]);
            var count = value.IsEmpty ? 0 : BitDigits.Write(value, digits.AsSpan(offsets[row]));
            offsets[row + 1] = offsets[row] + count;
        }

        return new TextColumn(to, digits, offsets, validity);
    }

    private static ListColumn ReadList(VectorView view, DuckDbType from, ColumnType to, ulong[]? validity)
    {
        var (starts, counts) = ReadEntries(view, validity);
        var elements = Read(view.Elements(), from.Fields[0].Type, to.Fields[0].Type);
        return new ListColumn(to, starts, counts, elements, validity);
    }

    private static ListColumn ReadArray(VectorView view, DuckDbType from, ColumnType to, ulong[]? validity)
    {
        var starts = new int[view.Length];
        var counts = new int[view.Length];
        for (var row = 0; row < starts.Length; row++)
        {
            starts[row] = row * from.ArrayLength;
            counts[row] = from.ArrayLength;
        }

        var elements = Read(view.ArrayElements(from.ArrayLength), from.Fields[0].Type, to.Fields[0].Type);
        return new ListColumn(to, starts, counts, elements, validity);
    }

    // A map is stored as a list of structs of key and value.
    private static MapColumn ReadMap(VectorView view, DuckDbType from, ColumnType to, ulong[]? validity)
    {
        var (starts, counts) = ReadEntries(view, validity);
        var entries = view.Elements();
        return new MapColumn(
            to,
            starts,
            counts,
            Read(entries.Member(0), from.Fields[0].Type, to.Fields[0].Type),
            Read(entries.Member(1), from.Fields[1].Type, to.Fields[1].Type),
            validity
        );
    }

    private static StructColumn ReadStruct(VectorView view, DuckDbType from, ColumnType to, ulong[]? validity)
    {
        var members = new Column[from.Fields.Count];
        for (var index = 0; index < members.Length; index++)
        {
            members[index] = Read(view.Member(index), from.Fields[index].Type, to.Fields[index].Type);
        }

        return new StructColumn(to, members, view.Length, validity);
    }

    // Entries of null rows are unspecified: they become empty runs.
    private static (int[] Starts, int[] Counts) ReadEntries(VectorView view, ulong[]? validity)
    {
        var entries = view.Values<ListEntry>();
        var starts = new int[entries.Length];
        var counts = new int[entries.Length];
        for (var row = 0; row < starts.Length; row++)
        {
            if (validity is null || (validity[row >> 6] & (1UL << (row & 63))) != 0)
            {
                starts[row] = checked((int)entries[row].Offset);
                counts[row] = checked((int)entries[row].Length);
            }
        }

        return (starts, counts);
    }
}
