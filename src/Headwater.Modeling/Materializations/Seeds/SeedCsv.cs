using System.Text;

namespace Headwater.Modeling.Materializations;

/// <summary>Reads a CSV file (RFC 4180) row by row. An empty field is null, and so is the word, as dbt has it.</summary>
internal sealed class SeedCsv(TextReader text, char delimiter)
{
    private readonly StringBuilder _field = new();
    private long _row;

    public IReadOnlyList<string> ReadHeader() => [.. (ReadRecord() ?? []).Select(name => (name ?? "").Trim())];

    /// <summary>The next row, or null at the end. Lines without a character are none.</summary>
    /// <exception cref="InvalidDataException">It has another number of fields.</exception>
    public IReadOnlyList<string?>? Read(int columns)
    {
        while (ReadRecord() is { } record)
        {
            if (record.Count == columns)
            {
                return record;
            }

            if (record is not [null])
            {
                throw new IOException($"Row {_row} has {record.Count} fields, the header has {columns}.");
            }
        }

        return null;
    }

    private List<string?>? ReadRecord()
    {
        if (text.Peek() < 0)
        {
            return null;
        }

        _row++;
        var record = new List<string?>();
        var quoted = false;
        while (true)
        {
            var next = text.Read();
            if (next < 0 || (!quoted && next == '\n'))
            {
                End(record);
                return record;
            }

            if (next == '"' && quoted && text.Peek() == '"')
            {
                _field.Append((char)text.Read());
            }
            else if (next == '"' && (quoted || _field.Length == 0))
            {
                quoted = !quoted;
            }
            else if (!quoted && next == delimiter)
            {
                End(record);
            }
            else if (quoted || next != '\r' || text.Peek() != '\n')
            {
                _field.Append((char)next);
            }
        }
    }

    private void End(List<string?> record)
    {
        var value = _field.ToString();
        record.Add(value.Length == 0 || value is "null" or "NULL" or "Null" ? null : value);
        _field.Clear();
    }
}
