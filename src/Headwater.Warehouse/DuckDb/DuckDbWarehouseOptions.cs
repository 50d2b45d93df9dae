using System.Globalization;
using System.Text.RegularExpressions;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Warehouse.DuckDb;

/// <summary>How a DuckDB warehouse is opened. Checked when it is: HW6001 names the key and what is accepted.</summary>
public sealed partial record DuckDbWarehouseOptions
{
    private const int MaxThreads = 1024;

    /// <summary>The database file, created if absent; null keeps the data in memory. Default null.</summary>
    public string? Path { get; init; }

    /// <summary>The folder under which the spool and the temporary folder are made; created if absent.</summary>
    public required string Home { get; init; }

    /// <summary>Memory of the engine, such as <c>4GB</c> or <c>512MiB</c>. Default null: 80 % of the machine's.</summary>
    public string? MemoryLimit { get; init; }

    /// <summary>Threads of the engine. Default null: one for each core.</summary>
    public int? Threads { get; init; }

    /// <summary>How much the engine may spill to disk, such as <c>20GB</c>. Default null: 90 % of the free disk.</summary>
    public string? TempLimit { get; init; }

    /// <exception cref="DiagnosticException">HW6001, once for each bad value.</exception>
    internal void Validate()
    {
        var problems = new DiagnosticBag();
        CheckSize(problems, "memory_limit", MemoryLimit);
        CheckSize(problems, "temp_limit", TempLimit);
        if (Threads is < 1 or > MaxThreads)
        {
            problems.Add(
                WarehouseDiagnostics.BadSetting.With(
                    "threads",
                    Threads.Value.ToString(CultureInfo.InvariantCulture),
                    $"a whole number from 1 to {MaxThreads}"
                )
            );
        }

        if (string.IsNullOrWhiteSpace(Home))
        {
            problems.Add(WarehouseDiagnostics.BadSetting.With("home", Home, "a folder"));
        }

        if (Path is not null && (string.IsNullOrWhiteSpace(Path) || Path.StartsWith(':') || Directory.Exists(Path)))
        {
            problems.Add(WarehouseDiagnostics.BadSetting.With("path", Path, "the path of a file, or nothing"));
        }

        problems.ThrowIfErrors();
    }

    private static void CheckSize(DiagnosticBag problems, string key, string? value)
    {
        if (value is not null && !Size().IsMatch(value))
        {
            problems.Add(
                WarehouseDiagnostics.BadSetting.With(
                    key,
                    value,
                    "a number and KB, MB, GB, TB, KiB, MiB, GiB or TiB, such as 4GB"
                )
            );
        }
    }

    [GeneratedRegex(
        @"^\s*\d+(\.\d+)?\s*[KMGT]i?B\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Size();
}
