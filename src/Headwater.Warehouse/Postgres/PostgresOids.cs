namespace Headwater.Warehouse.Postgres;

/// <summary>Numbers of PostgreSQL's built-in types: they are the same on every server (catalog file <c>pg_type.dat</c>).</summary>
internal static class PostgresOids
{
    public const uint Bool = 16;
    public const uint Bytea = 17;
    public const uint Char = 18;
    public const uint Name = 19;
    public const uint Int8 = 20;
    public const uint Int2 = 21;
    public const uint Int4 = 23;
    public const uint RegProc = 24;
    public const uint Text = 25;
    public const uint Oid = 26;
    public const uint Xid = 28;
    public const uint Cid = 29;
    public const uint Json = 114;
    public const uint Xml = 142;
    public const uint Float4 = 700;
    public const uint Float8 = 701;
    public const uint Unknown = 705;
    public const uint BpChar = 1042;
    public const uint VarChar = 1043;
    public const uint Date = 1082;
    public const uint Time = 1083;
    public const uint Timestamp = 1114;
    public const uint TimestampTz = 1184;
    public const uint Interval = 1186;
    public const uint TimeTz = 1266;
    public const uint Bit = 1560;
    public const uint VarBit = 1562;
    public const uint Numeric = 1700;
    public const uint RefCursor = 1790;
    public const uint Void = 2278;
    public const uint Uuid = 2950;
    public const uint Jsonb = 3802;

    // Array type to the type of its elements.
    private static readonly Dictionary<uint, uint> Elements = new()
    {
        [1000] = Bool,
        [1001] = Bytea,
        [1002] = Char,
        [1003] = Name,
        [1016] = Int8,
        [1005] = Int2,
        [1007] = Int4,
        [1009] = Text,
        [1028] = Oid,
        [199] = Json,
        [143] = Xml,
        [1021] = Float4,
        [1022] = Float8,
        [1014] = BpChar,
        [1015] = VarChar,
        [1182] = Date,
        [1183] = Time,
        [1115] = Timestamp,
        [1185] = TimestampTz,
        [1187] = Interval,
        [1270] = TimeTz,
        [1561] = Bit,
        [1563] = VarBit,
        [1231] = Numeric,
        [2951] = Uuid,
        [3807] = Jsonb,
    };

    /// <summary>The type of an array's elements; null for what is no array of a built-in type read here.</summary>
    public static uint? ElementOf(uint oid) => Elements.TryGetValue(oid, out var element) ? element : null;

    /// <summary>Whether the binary form of a type is its text.</summary>
    public static bool IsText(uint oid) =>
        oid is Char or Name or Text or Json or Xml or Unknown or BpChar or VarChar or RefCursor or Void;
}
