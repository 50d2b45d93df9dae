using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Project.Settings;

/// <summary>
/// What the <c>headwater:</c> key of <c>dbt_project.yml</c> sets for the whole product. Every one has a default, so an unmodified dbt
/// project needs none; <c>--set headwater.KEY=VALUE</c> lies over it.
/// </summary>
/// <param name="TimeZone">IANA time zone of the business: schedules and day boundaries follow it.</param>
/// <param name="Currency">ISO 4217 code shown with amounts of money.</param>
/// <param name="Notice">A sentence shown at the foot of every page, such as that the data is simulated; null shows none.</param>
/// <param name="MemoryLimitMegabytes">Memory that the warehouse engine may use, in MB (10^6 bytes).</param>
/// <param name="Threads">Threads of the warehouse engine.</param>
/// <param name="QueryTimeLimitSeconds">Longest a question may run.</param>
/// <param name="QueryRowLimit">Most rows that an answer may have.</param>
/// <param name="QueryByteLimit">Most bytes that an answer may hold in memory.</param>
/// <param name="CacheMegabytes">Memory that answers may occupy in the cache, in MB.</param>
/// <param name="Port">TCP port of the server.</param>
public sealed record ProjectSettings(
    string TimeZone,
    string Currency,
    string? Notice,
    int MemoryLimitMegabytes,
    int Threads,
    int QueryTimeLimitSeconds,
    int QueryRowLimit,
    int QueryByteLimit,
    int CacheMegabytes,
    int Port
)
{
    internal static ProjectSettings Read(YamlMapping mapping, DiagnosticBag diagnostics)
    {
        var reader = new MappingReader(mapping, diagnostics);
        var settings = new ProjectSettings(
            ReadTimeZone(reader),
            reader.Text("currency") ?? "USD",
            reader.Text("notice") is { } notice && !string.IsNullOrWhiteSpace(notice) ? notice.Trim() : null,
            Positive(reader, "memory_limit_mb", DefaultMemoryMegabytes()),
            Positive(reader, "threads", Environment.ProcessorCount),
            Positive(reader, "query_time_limit_seconds", 10),
            Positive(reader, "query_row_limit", 1_000_000),
            Positive(reader, "query_byte_limit", 256_000_000),
            Positive(reader, "cache_mb", 256),
            Positive(reader, "port", 5080)
        );
        // Laid over the sources by their own reader.
        reader.Child("sources");
        reader.Finish();
        return settings;
    }

    private static string ReadTimeZone(MappingReader reader)
    {
        var text = reader.LocatedText("time_zone");
        if (text is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(text.Text, out _))
        {
            reader.Report(
                ProjectDiagnostics.NotAccepted.At(
                    text.Location,
                    "time_zone",
                    text.Text,
                    "IANA names such as Europe/Berlin or UTC"
                )
            );
        }

        return text?.Text ?? "UTC";
    }

    private static int Positive(MappingReader reader, string key, int byDefault)
    {
        var value = reader.Integer(key) ?? byDefault;
        if (value <= 0)
        {
            reader.Report(
                ProjectDiagnostics.NotAccepted.At(reader.Node(key)!.Location, key, value, "a whole number above 0")
            );
        }

        return value;
    }

    // A third of the machine for the engine leaves room for answers, exports and the page cache.
    private static int DefaultMemoryMegabytes() =>
        (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 3 / 1_000_000, 512, 32_000);
}
