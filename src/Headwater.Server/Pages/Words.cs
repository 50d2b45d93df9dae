using System.Globalization;
using Headwater.Platform.Runs;
using Headwater.Server.Operations;

namespace Headwater.Server.Pages;

/// <summary>How pages write times, numbers and states. The script makes ages live and local.</summary>
internal static class Words
{
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A hint as a sentence of its own: in a terminal it follows an arrow, on a page it stands alone.</summary>
    public static string Sentence(string hint)
    {
        var text = hint.Length == 0 ? hint : char.ToUpperInvariant(hint[0]) + hint[1..];
        return text is [.., '.' or '?' or '!'] ? text : text + ".";
    }

    public static string Plural(long number, string one) => $"{Count(number)} {one}{(number == 1 ? "" : "s")}";

    public static string Exact(DateTimeOffset time) =>
        time.UtcDateTime.ToString("MMM d, yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static string Ago(DateTimeOffset time, DateTimeOffset now) =>
        (now - time) switch
        {
            { TotalSeconds: < 60 } => "just now",
            { TotalMinutes: < 60 } age => Past((int)age.TotalMinutes, "minute"),
            { TotalHours: < 24 } age => Past((int)age.TotalHours, "hour"),
            var age => age.TotalDays < 2 ? "yesterday" : Past((int)age.TotalDays, "day"),
        };

    public static string Elapsed(TimeSpan elapsed) =>
        elapsed.TotalSeconds < 1 ? string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:0} ms")
        : elapsed.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)elapsed.TotalMinutes} min {elapsed.Seconds} s");

    public static (string Text, string Tone) State(RunState state) =>
        state switch
        {
            RunState.Running => ("Running", "busy"),
            RunState.Succeeded => ("Succeeded", "good"),
            RunState.Warned => ("Warned", "warn"),
            RunState.Failed => ("Failed", "bad"),
            RunState.Skipped => ("Skipped", ""),
            RunState.Cancelled => ("Cancelled", ""),
            _ => ("Lost", "bad"),
        };

    public static (string Text, string Tone) State(SourceFreshness freshness) =>
        freshness switch
        {
            SourceFreshness.Fresh => ("Fresh", "good"),
            SourceFreshness.Late => ("Late", "warn"),
            SourceFreshness.Stale => ("Stale", "bad"),
            _ => ("Never landed", ""),
        };

    private static string Past(int count, string unit) => $"{count} {unit}{(count == 1 ? "" : "s")} ago";
}
