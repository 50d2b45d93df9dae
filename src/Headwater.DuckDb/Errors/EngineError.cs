using System.Text.Json;

namespace Headwater.DuckDb.Errors;

/// <summary>
/// Turns the engine's error text into a typed exception. With the setting <c>errors_as_json</c>, which every connection has on, the text
/// is a JSON object that names class and position; some errors are plain text all the same: <c>Binder Error: …</c>.
/// </summary>
internal static class EngineError
{
    /// <param name="text">What the engine said.</param>
    /// <param name="sql">The statement, to turn the engine's byte position into one of UTF-16.</param>
    public static DuckDbException From(string text, string? sql, DuckDbErrorKind fallback = DuckDbErrorKind.Invalid)
    {
        // The parser's errors come with the class in front of the object as well.
        var brace = text.StartsWith('{') ? 0 : text.IndexOf("Error: {", StringComparison.Ordinal) + "Error: ".Length;
        if (brace < text.Length && text[brace] == '{')
        {
            try
            {
                using var document = JsonDocument.Parse(text.AsMemory(brace));
                return FromJson(document.RootElement, sql, fallback);
            }
            catch (JsonException)
            {
                // Not an object of the engine after all: the text itself is the message.
            }
        }

        var colon = text.IndexOf(" Error: ", StringComparison.Ordinal);
        var kind = colon > 0 ? KindOf(text[..colon], fallback) : fallback;
        return new DuckDbException(kind, text);
    }

    public static DuckDbException FromOpening(string text)
    {
        var error = From(text, sql: null, DuckDbErrorKind.IO);
        return
            error.Message.Contains("Could not set lock on file", StringComparison.Ordinal)
            || error.Message.Contains("being used by another process", StringComparison.Ordinal)
            ? new DuckDbException(DuckDbErrorKind.LockedByProcess, error.Message)
            : error;
    }

    private static DuckDbException FromJson(JsonElement error, string? sql, DuckDbErrorKind fallback)
    {
        var name = error.TryGetProperty("exception_type", out var type) ? type.GetString() ?? "" : "";
        var kind = KindOf(name, fallback);
        var message = error.TryGetProperty("exception_message", out var text) ? text.GetString() : null;
        int? position = null;
        if (
            sql is not null
            && error.TryGetProperty("position", out var place)
            && int.TryParse(place.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var bytes)
        )
        {
            position = CharactersIn(sql, bytes);
        }

        return new DuckDbException(kind, $"{name} Error: {message}", position);
    }

    private static int CharactersIn(string sql, int bytes)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(sql);
        return System.Text.Encoding.UTF8.GetCharCount(utf8, 0, Math.Clamp(bytes, 0, utf8.Length));
    }

    private static DuckDbErrorKind KindOf(string name, DuckDbErrorKind fallback) =>
        name switch
        {
            "INTERNAL" => DuckDbErrorKind.Internal,
            "FATAL" => DuckDbErrorKind.Fatal,
            "INTERRUPT" => DuckDbErrorKind.Interrupt,
            "TransactionContext" => DuckDbErrorKind.Transaction,
            _ => Enum.TryParse<DuckDbErrorKind>(
                name.Replace(" ", "", StringComparison.Ordinal),
                ignoreCase: true,
                out var kind
            )
                ? kind
                : fallback,
        };
}
