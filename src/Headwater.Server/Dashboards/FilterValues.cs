using System.Text;

namespace Headwater.Server.Dashboards;

/// <summary>
/// The values of a category filter as the address carries them: <c>GTX,MG</c>, a comma or backslash within a value after a backslash, and
/// <c>\N</c> for the absence of a value.
/// </summary>
internal static class FilterValues
{
    /// <returns>The values in order; null is the absence of one.</returns>
    public static List<string?> Split(string text)
    {
        var values = new List<string?>();
        if (text.Length == 0)
        {
            return values;
        }

        var value = new StringBuilder();
        var isNull = false;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\' when at + 1 < text.Length && text[at + 1] == 'N':
                    isNull = value.Length == 0;
                    at++;
                    break;
                case '\\' when at + 1 < text.Length:
                    value.Append(text[++at]);
                    break;
                case ',':
                    Take();
                    break;
                default:
                    value.Append(text[at]);
                    break;
            }
        }

        Take();
        return values;

        void Take()
        {
            values.Add(isNull && value.Length == 0 ? null : value.ToString());
            value.Clear();
            isNull = false;
        }
    }

    /// <summary>A condition that holds where a dimension has one of the values.</summary>
    public static string Condition(string dimension, IReadOnlyList<string?> values)
    {
        var texts = values
            .OfType<string>()
            .Select(value => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'")
            .ToList();
        var among = texts.Count == 0 ? null : $"{dimension} in ({string.Join(", ", texts)})";
        return values.Contains(null)
            ? among is null
                ? $"{dimension} is null"
                : $"({among} or {dimension} is null)"
            : among!;
    }
}
