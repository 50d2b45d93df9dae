using System.Text;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Parsing;

/// <summary>Reads the CSV of unit tests (RFC 4180): values are texts, an empty one is null. The columns' types are the engine's to find.</summary>
internal static class UnitTestCsv
{
    public static IReadOnlyList<JinjaDict> Read(string text)
    {
        var records = Records(text.Trim()).ToList();
        if (records.Count == 0)
        {
            return [];
        }

        var names = records[0].Select(name => name?.Trim() ?? "").ToList();
        return
        [
            .. records
                .Skip(1)
                .Select(record => new JinjaDict(
                    names.Select(
                        (name, index) =>
                            KeyValuePair.Create(name, (object?)(index < record.Count ? record[index] : null))
                    )
                )),
        ];
    }

    private static IEnumerable<List<string?>> Records(string text)
    {
        var record = new List<string?>();
        var field = new StringBuilder();
        var quoted = false;
        var wasQuoted = false;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            switch (character)
            {
                case '"' when quoted && index + 1 < text.Length && text[index + 1] == '"':
                    field.Append('"');
                    index++;
                    break;
                case '"':
                    quoted = !quoted;
                    wasQuoted = true;
                    break;
                case ',' when !quoted:
                    End();
                    break;
                case '\n' when !quoted:
                    End();
                    yield return record;
                    record = [];
                    break;
                case '\r' when !quoted:
                    break;
                default:
                    field.Append(character);
                    break;
            }
        }

        if (text.Length > 0)
        {
            End();
            yield return record;
        }

        void End()
        {
            var value = wasQuoted ? field.ToString() : field.ToString().Trim();
            record.Add(value.Length == 0 ? null : value);
            field.Clear();
            wasQuoted = false;
        }
    }
}
