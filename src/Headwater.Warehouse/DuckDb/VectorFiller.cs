using Headwater.DuckDb.Database;
using Headwater.DuckDb.Results;
using Headwater.DuckDb.Types;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.DuckDb;

/// <summary>Copies a run of a column's rows into a vector: the counterpart of <see cref="VectorReader"/>.</summary>
internal static class VectorFiller
{
    public static void Fill(VectorWriter writer, Column column, int start, int count)
    {
        writer.SetValidity(ValidityBits.Slice(column.Validity, start, count));
        switch (column)
        {
            case FixedColumn<Guid> uuids:
                Convert(uuids.Values.Slice(start, count), writer.Values<UInt128>(count), DuckDbUuid.ToStored);
                break;
            case FixedColumn<OffsetTime> times:
                Convert(
                    times.Values.Slice(start, count),
                    writer.Values<DuckDbTimeTz>(count),
                    value => DuckDbTimeTz.Of(value.Micros, value.OffsetSeconds)
                );
                break;
            case DecimalColumn decimals:
                FillDecimal(writer, decimals, start, count);
                break;
            case EnumColumn enums:
                FillEnum(writer, enums, start, count);
                break;
            case TextColumn { Type.Kind: TypeKind.Bit } bits:
                FillBits(writer, bits, start, count);
                break;
            case TextColumn texts:
                writer.SetText(texts.Bytes, texts.Offsets.Slice(start, count + 1));
                break;
            case BlobColumn blobs:
                writer.SetBytes(blobs.Bytes, blobs.Offsets.Slice(start, count + 1));
                break;
            case ListColumn lists:
                var listed = FillEntries(writer, column, lists.Starts, lists.Counts, start, count);
                Fill(writer.Elements(listed.Count), lists.Elements, listed.First, listed.Count);
                break;
            case MapColumn maps:
                var mapped = FillEntries(writer, column, maps.Starts, maps.Counts, start, count);
                var entries = writer.Elements(mapped.Count);
                Fill(entries.Member(0), maps.Keys, mapped.First, mapped.Count);
                Fill(entries.Member(1), maps.Values, mapped.First, mapped.Count);
                break;
            case StructColumn structs:
                for (var index = 0; index < structs.Members.Count; index++)
                {
                    Fill(writer.Member(index), structs.Members[index], start, count);
                }

                break;
            case NullColumn:
                break;
            default:
                FillFixed(writer, column, start, count);
                break;
        }
    }

    private static void FillFixed(VectorWriter writer, Column column, int start, int count)
    {
        switch (column)
        {
            case FixedColumn<byte> values:
                values.Values.Slice(start, count).CopyTo(writer.Values<byte>(count));
                break;
            case FixedColumn<sbyte> values:
                values.Values.Slice(start, count).CopyTo(writer.Values<sbyte>(count));
                break;
            case FixedColumn<short> values:
                values.Values.Slice(start, count).CopyTo(writer.Values<short>(count));
                break;
            case FixedColumn<ushort> values:
                values.Values.Slice(start, count).CopyTo(writer.Values<ushort>(count));
                break;
            case FixedColumn<int> values:
                values.Values.Slice(start, count).CopyTo(writer.Values<int>(count));
                break;
            case FixedColumn<uint> values:
                values.Values.Slice(start, count).CopyTo(writer.Values<uint>(count));
                break;
            case FixedColumn<long> values:
                values.Values.Slice(start, count).CopyTo(writer.Values<long>(count));
                break;
            case FixedColumn<ulong> values:
                values.Values.Slice(start, count).CopyTo(writer.Values<ulong>(count));
                break;
            case FixedColumn<Int128> values:
                values.Values.Slice(start, count).CopyTo(writer.Values<Int128>(count));
                break;
            case FixedColumn<UInt128> values:
                values.Values.Slice(start, count).CopyTo(writer.Values<UInt128>(count));
                break;
            case FixedColumn<float> values:
                values.Values.Slice(start, count).CopyTo(writer.Values<float>(count));
                break;
            case FixedColumn<double> values:
                values.Values.Slice(start, count).CopyTo(writer.Values<double>(count));
                break;
            case FixedColumn<Interval> values:
                values.Values.Slice(start, count).CopyTo(writer.Values<Interval>(count));
                break;
            default:
                throw new ArgumentException(
                    $"Columns of {column.Type.Kind} as {column.GetType()} cannot be appended.",
                    nameof(column)
                );
        }
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> source, Span<TTo> target, Func<TFrom, TTo> convert)
    {
        for (var row = 0; row < source.Length; row++)
        {
            target[row] = convert(source[row]);
        }
    }

    private static void FillDecimal(VectorWriter writer, DecimalColumn column, int start, int count)
    {
        for (var row = 0; row < count; row++)
        {
            var value = column.IsNull(start + row) ? 0 : column.Unscaled(start + row);
            switch (DuckDbTypes.ToDuckDb(column.Type).Storage)
            {
                case DuckDbTypeId.SmallInt:
                    writer.Values<short>(count)[row] = checked((short)value);
                    break;
                case DuckDbTypeId.Integer:
                    writer.Values<int>(count)[row] = checked((int)value);
                    break;
                case DuckDbTypeId.BigInt:
                    writer.Values<long>(count)[row] = checked((long)value);
                    break;
                default:
                    writer.Values<Int128>(count)[row] = value;
                    break;
            }
        }
    }

    private static void FillEnum(VectorWriter writer, EnumColumn column, int start, int count)
    {
        var codes = column.Codes.Slice(start, count);
        switch (DuckDbTypes.ToDuckDb(column.Type).Storage)
        {
            case DuckDbTypeId.UTinyInt:
                Convert(codes, writer.Values<byte>(count), code => unchecked((byte)code));
                break;
            case DuckDbTypeId.USmallInt:
                Convert(codes, writer.Values<ushort>(count), code => unchecked((ushort)code));
                break;
            default:
                codes.CopyTo(writer.Values<int>(count));
                break;
        }
    }

    private static void FillBits(VectorWriter writer, TextColumn column, int start, int count)
    {
        var bytes = new List<byte>();
        var offsets = new int[count + 1];
        for (var row = 0; row < count; row++)
        {
            if (!column.IsNull(start + row))
            {
                bytes.AddRange(BitDigits.Pack((string)column.Value(start + row)!));
            }

            offsets[row + 1] = bytes.Count;
        }

        writer.SetBytes(bytes.ToArray(), offsets);
    }

    // The stretch of elements that the rows span is copied as it is; entries count from its beginning.
    private static (int First, int Count) FillEntries(
        VectorWriter writer,
        Column column,
        ReadOnlySpan<int> starts,
        ReadOnlySpan<int> counts,
        int start,
        int count
    )
    {
        var (first, end) = (int.MaxValue, 0);
        for (var row = start; row < start + count; row++)
        {
            if (counts[row] > 0 && !column.IsNull(row))
            {
                first = Math.Min(first, starts[row]);
                end = Math.Max(end, starts[row] + counts[row]);
            }
        }

        first = Math.Min(first, end);
        var entries = writer.Values<ListEntry>(count);
        for (var row = 0; row < count; row++)
        {
            var length = column.IsNull(start + row) ? 0 : counts[start + row];
            entries[row] = length == 0 ? default : new ListEntry((ulong)(starts[start + row] - first), (ulong)length);
        }

        return (first, end - first);
    }
}
