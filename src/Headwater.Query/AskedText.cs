using System.Globalization;
using Headwater.Metrics.Requests;

namespace Headwater.Query;

/// <summary>Reads questions about metrics back from the words by which the audit knows them.</summary>
public static class AskedText
{
    /// <summary>The request; null if the text is no question about metrics.</summary>
    public static MetricRequest? Read(string text)
    {
        var reader = new Reader(text);
        if (!reader.Takes("metrics"))
        {
            return null;
        }

        var metrics = reader.Takes(" ", unless: [" by ", " where ", " order ", " limit ", " from ", " bounds", " all"])
            ? reader.Items()
            : [];
        var groupBy = reader.Takes(" by ") ? reader.Items() : [];
        var where = reader.Takes(" where ") ? reader.Items() : [];
        var order = reader.Takes(" order ") ? reader.Items() : [];
        int? limit =
            reader.Takes(" limit ") && int.TryParse(reader.Item(), CultureInfo.InvariantCulture, out var most)
                ? most
                : null;
        TimeBounds? time = null;
        if (reader.Takes(" from "))
        {
            var from = reader.Until(" to ");
            time = reader.Takes(" to ") ? new TimeBounds(Instant(from), Instant(reader.Until(" "))) : null;
        }

        var request = new MetricRequest(metrics, groupBy, where, order, limit)
        {
            Time = time,
            BoundsOnly = reader.Takes(" bounds"),
            KeepsDuplicates = reader.Takes(" all"),
        };
        // Only what says the same again was understood.
        return QuestionText.Of(new MetricQuestion(request)) == text ? request : null;
    }

    private static DateTime? Instant(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant)
            ? instant
            : null;

    private sealed class Reader(string text)
    {
        private int _at;

        public bool Takes(string word, params string[] unless)
        {
            if (
                string.CompareOrdinal(text, _at, word, 0, word.Length) != 0
                || unless.Any(other => string.CompareOrdinal(text, _at, other, 0, other.Length) == 0)
            )
            {
                return false;
            }

            _at += word.Length;
            return true;
        }

        public List<string> Items()
        {
            var items = new List<string>();
            do
            {
                items.Add(Item());
            } while (Takes(", "));

            return items;
        }

        // A plain name, or a length, a colon and so many characters.
        public string Item()
        {
            var start = _at;
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '-'))
            {
                _at++;
            }

            var plain = text[start.._at];
            if (
                _at >= text.Length
                || text[_at] != ':'
                || !int.TryParse(plain, CultureInfo.InvariantCulture, out var length)
                || _at + 1 + length > text.Length
            )
            {
                return plain;
            }

            _at += 1 + length;
            return text[(_at - length).._at];
        }

        public string Until(string word)
        {
            var end = text.IndexOf(word, _at, StringComparison.Ordinal);
            var found = end < 0 ? text[_at..] : text[_at..end];
            _at += found.Length;
            return found;
        }
    }
}
