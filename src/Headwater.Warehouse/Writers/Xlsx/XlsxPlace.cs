using System.Runtime.InteropServices;

namespace Headwater.Warehouse.Writers.Xlsx;

/// <summary>Where a cell stands: <c>B7</c> as letters and row.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct XlsxPlace(byte[] Letters, int Row);
