using System.Runtime.InteropServices;

namespace Headwater.DuckDb.Types;

/// <summary>An interval as the engine stores it (<c>duckdb_interval</c>): the three parts are not converted into each other.</summary>
/// <param name="Months">Whole months.</param>
/// <param name="Days">Whole days.</param>
/// <param name="Micros">Microseconds.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DuckDbInterval(int Months, int Days, long Micros);
