using System.Text;

namespace Headwater.Sources.Formats.Csv;

/// <summary>Splits the beginning of a CSV file into records (RFC 4180), for finding out how it is written. The data itself is read by the engine.</summary>
internal static class CsvSample
{
    private const int SampleBytes = 256 * 1024;

    /// <summary>The beginning of a UTF-8 file as text, cut after its last whole line unless it is all there.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, _ => Encoding.UTF8);
    }

    /// <summary>The same of a stream in an encoding that its first bytes tell.</summary>
    public static string Read(Stream file, Func<byte[], Encoding> encoding)
    {
        var bytes = new byte[SampleBytes];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var text = encoding(bytes[..length]).GetString(bytes, 0, length).TrimStart('\uFEFF');
        var end = length == SampleBytes ? text.LastIndexOf('\n') : -1;
        return end < 0 ? text : text[..(end + 1)];
    }

    /// <summary>The records of a text, blank lines left out.</summary>
    public static List<List<string>> Split(string text, CsvDialect dialect, int most)
    {
        var records = new List<List<string>>();
        var position = 0;
        while (position < text.Length && records.Count < most)
        {
            var record = ReadRecord(text, ref position, dialect);
            if (record.Count > 1 || record[0].Length > 0)
            {
                records.Add(record);
            }
        }

        return records;
    }

    private static List<string> ReadRecord(string text, ref int position, CsvDialect dialect)
    {
        var fields = new List<string>();
        while (true)
        {
            fields.Add(ReadField(text, ref position, dialect));
            if (position >= text.Length)
            {
                return fields;
            }

            if (string.CompareOrdinal(text, position, dialect.Delimiter, 0, dialect.Delimiter.Length) == 0)
            {
                position += dialect.Delimiter.Length;
                continue;
            }

            position += text[position] == '\r' && position + 1 < text.Length && text[position + 1] == '\n' ? 2 : 1;
            return fields;
        }
    }

    private static string ReadField(string text, ref int position, CsvDialect dialect)
    {
        var field = new StringBuilder();
        if (dialect.Quote.Length == 1 && position < text.Length && text[position] == dialect.Quote[0])
        {
            ReadQuoted(text, ref position, dialect, field);
        }

        while (
            position < text.Length
            && text[position] is not ('\n' or '\r')
            && string.CompareOrdinal(text, position, dialect.Delimiter, 0, dialect.Delimiter.Length) != 0
        )
        {
            field.Append(text[position++]);
        }

        return field.ToString();
    }

    private static void ReadQuoted(string text, ref int position, CsvDialect dialect, StringBuilder field)
    {
        var (quote, escape) = (dialect.Quote[0], dialect.Escape.Length == 1 ? dialect.Escape[0] : '\0');
        for (position++; position < text.Length; position++)
        {
            var character = text[position];
            var next = position + 1 < text.Length ? text[position + 1] : '\0';
            if (character == escape && (next == quote || (next == escape && escape != quote)))
            {
                field.Append(next);
                position++;
            }
            else if (character == quote)
            {
                position++;
                return;
            }
            else
            {
                field.Append(character);
            }
        }
    }
}
