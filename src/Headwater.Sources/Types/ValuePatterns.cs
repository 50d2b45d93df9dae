using System.Globalization;
using System.Text.RegularExpressions;

namespace Headwater.Sources.Types;

/// <summary>What single values look like.</summary>
internal static partial class ValuePatterns
{
    /// <summary>A whole number of at most 18 digits. Leading zeros make it a code (a postcode, an article), a plus a telephone number.</summary>
    public const string Integer = @"-?(0|[1-9]\d{0,17})";

    /// <summary>A number with a point or an exponent. With more than 15 digits before the point a double would not tell it from its neighbours.</summary>
    public const string Number = @"-?((0|[1-9]\d{0,14})(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?";

    public const string IsoDate = @"\d{4}-\d{1,2}-\d{1,2}";

    /// <summary>Anything that may be a date, a four-digit year first or last.</summary>
    public const string Date = @"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})";

    /// <summary>Anything that may be a date with a time behind it.</summary>
    public const string Timestamp = @"^\d{4,}[-/]\d{1,2}[-/]\d{1,2}[ T]";

    public const string Time = @"\d{1,2}:\d{2}(:\d{2}(\.\d{1,6})?)?";

    /// <summary>Whether a text is a word rather than a number, date or boolean.</summary>
    public static bool IsWord(string text) =>
        !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        && !DateLike().IsMatch(text)
        && !bool.TryParse(text, out _);

    [GeneratedRegex(
        @"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex DateLike();
}
