using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Postgres.Reading;

/// <summary>Collects the values of one column from their binary form, batch by batch. For one thread.</summary>
internal abstract class ValueReader
{
    /// <summary>The type of the columns built. Until the first is, it may not be known.</summary>
    public abstract ColumnType Type { get; }

    public abstract void Add(ReadOnlySpan<byte> value);

    public abstract void AddNull();

    /// <summary>Whether the type depends on the values: then <see cref="Decide"/> comes before the first <see cref="Build"/>.</summary>
    public virtual bool IsOpen => false;

    /// <summary>Fixes the type by the values added so far.</summary>
    /// <param name="isWhole">Whether these are all values of the result.</param>
    public virtual void Decide(bool isWhole) { }

    /// <summary>The values added since the last build.</summary>
    public abstract Column Build();

    /// <summary>A reader for a built-in type; for any other the server is asked for text.</summary>
    public static ValueReader For(uint oid, ColumnType type, bool hasPrecision) =>
        PostgresOids.ElementOf(oid) is { } element ? new ListReader(For(element, type.Fields[0].Type, hasPrecision))
        : PostgresOids.IsText(oid) ? new TextReader()
        : oid switch
        {
            PostgresOids.Bool => new FixedReader<byte>(type, value => value[0]),
            PostgresOids.Int2 => new FixedReader<short>(type, BinaryForms.Int16),
            PostgresOids.Int4 => new FixedReader<int>(type, BinaryForms.Int32),
            PostgresOids.Int8 => new FixedReader<long>(type, BinaryForms.Int64),
            PostgresOids.Oid or PostgresOids.Xid or PostgresOids.Cid or PostgresOids.RegProc => new FixedReader<uint>(
                type,
                BinaryForms.UInt32
            ),
            PostgresOids.Float4 => new FixedReader<float>(type, BinaryForms.Single),
            PostgresOids.Float8 => new FixedReader<double>(type, BinaryForms.Double),
            PostgresOids.Numeric => hasPrecision ? new DecimalReader(type) : new OpenDecimalReader(),
            PostgresOids.Jsonb => new TextReader(prefixBytes: 1),
            PostgresOids.Bytea => new BlobReader(type),
            PostgresOids.Bit or PostgresOids.VarBit => new BitReader(),
            PostgresOids.Uuid => new FixedReader<Guid>(type, value => new Guid(value, bigEndian: true)),
            PostgresOids.Date => new FixedReader<int>(type, BinaryForms.Date),
            PostgresOids.Time => new FixedReader<long>(type, BinaryForms.Int64),
            PostgresOids.TimeTz => new FixedReader<OffsetTime>(type, BinaryForms.TimeTz),
            PostgresOids.Timestamp or PostgresOids.TimestampTz => new FixedReader<long>(type, BinaryForms.Timestamp),
            PostgresOids.Interval => new FixedReader<Interval>(type, BinaryForms.Interval),
            _ => throw new InvalidOperationException($"No reader for {oid}: {nameof(PostgresTypes)} let it pass."),
        };
}
