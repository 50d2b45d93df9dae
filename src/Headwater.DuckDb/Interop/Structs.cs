using System.Runtime.InteropServices;

namespace Headwater.DuckDb.Interop;

/// <summary><c>duckdb_result</c>: only the last pointer is in use, the rest is kept for old clients.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeResult
{
    public ulong ColumnCount;
    public ulong RowCount;
    public ulong RowsChanged;
    public nint Columns;
    public nint ErrorMessage;
    public nint InternalData;
}

/// <summary><c>duckdb_decimal</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeDecimal
{
    public byte Width;
    public byte Scale;
    public ulong Lower;
    public long Upper;
}

/// <summary><c>duckdb_hugeint</c> and, read without sign, <c>duckdb_uhugeint</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeHugeInt
{
    public ulong Lower;
    public long Upper;

    public NativeHugeInt(Int128 value)
    {
        Lower = (ulong)(value & ulong.MaxValue);
        Upper = (long)(value >> 64);
    }

    public NativeHugeInt(UInt128 value)
    {
        Lower = (ulong)(value & ulong.MaxValue);
        Upper = unchecked((long)(ulong)(value >> 64));
    }
}

/// <summary><c>duckdb_bit</c>: the first byte counts the padding bits of the second.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeBit
{
    public byte* Data;
    public ulong Size;
}

internal enum NativeState
{
    Success = 0,
    Error = 1,
}

internal enum NativePendingState
{
    Ready = 0,
    NotReady = 1,
    Error = 2,
    NoTasks = 3,
}
