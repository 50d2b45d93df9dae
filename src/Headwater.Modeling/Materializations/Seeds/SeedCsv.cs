using System.Text;

namespace Headwater.Modeling.Materializations;

/// <summary>What is wrong with a seed's file, and in which line.</summary>
internal sealed class SeedFormatException(int line, string message) : IOException(message)
{
    public int Line { get; } = line;
}

/// <summary>Reads a CSV file (RFC 4180) row by row. An empty field is null, and so is the word, as dbt has it.</summary>
internal sealed class SeedCsv(TextReader text, char delimiter)
{
    private readonly StringBuilder _field = new();
    private int _line = 1;
    private int _start = 1;

    /// <summary>The names of the columns, from the first row.</summary>
    /// <exception cref="SeedFormatException">There are none.</exception>
    public IReadOnlyList<string> ReadHeader()
    {
        IReadOnlyList<string> names = [.. (ReadRecord() ?? []).Select(name => (name ?? "").Trim())];
        return names.Any(name => name.Length > 0)
            ? names
            : throw new SeedFormatException(1, "The file has no columns: its first line names them.");
    }

    /// <summary>The next row, or null at the end. Lines without a character are none.</summary>
    /// <exception cref="SeedFormatException">It has another number of fields.</exception>
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
                throw new SeedFormatException(_start, $"The row has {record.Count} fields, the header has {columns}.");
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

        _start = _line;
        var record = new List<string?>();
        var quoted = false;
        while (true)
        {
            var next = text.Read();
            _line += next == '\n' ? 1 : 0;
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
