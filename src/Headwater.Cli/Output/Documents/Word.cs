using System.Globalization;
using System.Text.Json;

namespace Headwater.Cli.Output.Documents;

/// <summary>Values as documents for programs write them, whatever the language of the machine.</summary>
internal static class Word
{
    /// <summary>A member of an enumeration in snake case, such as <c>too_old</c>.</summary>
    public static string Of(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static string Of(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>A moment in ISO 8601, in UTC.</summary>
    public static string Of(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Seconds, to the millisecond.</summary>
    public static double Seconds(TimeSpan elapsed) => Math.Round(elapsed.TotalSeconds, 3);
}
