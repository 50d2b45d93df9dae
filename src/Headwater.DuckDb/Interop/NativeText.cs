using System.Runtime.InteropServices;

namespace Headwater.DuckDb.Interop;

/// <summary>Text that crosses the border to the engine.</summary>
internal static class NativeText
{
    /// <summary>Text that the engine keeps owning.</summary>
    public static string Borrow(nint pointer) => Marshal.PtrToStringUTF8(pointer) ?? "";

    /// <summary>Text that the engine gave away: freed here.</summary>
    public static string Take(nint pointer)
    {
        var text = Borrow(pointer);
        NativeMethods.duckdb_free(pointer);
        return text;
    }
}

/// <summary>C strings for one call; <see cref="Free"/> them after it.</summary>
internal readonly struct Utf8Names(IEnumerable<string> names)
{
    public nint[] Pointers { get; } = [.. names.Select(Marshal.StringToCoTaskMemUTF8)];

    public void Free()
    {
        foreach (var pointer in Pointers)
        {
            Marshal.FreeCoTaskMem(pointer);
        }
    }
}

/// <summary>Handles passed as a C array: kept alive until disposed, and disposed together.</summary>
internal sealed class HandleArray : IDisposable
{
    private readonly SafeHandle[] _handles;

    public HandleArray(IEnumerable<SafeHandle> handles)
    {
        _handles = [.. handles];
        Count = (ulong)_handles.Length;

        // Never empty: the pointer to an empty array is null, which the engine refuses.
        Pointers = [.. _handles.Select(handle => handle.DangerousGetHandle()), 0];
    }

    public ulong Count { get; }

    public nint[] Pointers { get; }

    public void Dispose()
    {
        foreach (var handle in _handles)
        {
            handle.Dispose();
        }
    }
}
