using System.Text;

namespace Headwater.Sources.Files;

/// <summary>
/// Copies text line by line and leaves out lines that are too long, remembering where they were and how they began. An empty line stands in their
/// place, so that the numbers of the lines after them stay true.
/// </summary>
internal sealed class OversizedFilter(Stream output, RecordScan records, long largest, int beginningBytes) : IDisposable
{
    private readonly List<OversizedRecord> _oversized = [];
    private readonly MemoryStream _held = new();
    private long _line = 1;
    private long _length;

    public IReadOnlyList<OversizedRecord> Oversized => _oversized;

    public void Dispose() => _held.Dispose();

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var end = bytes.IndexOf((byte)'\n');
            var part = end < 0 ? bytes : bytes[..(end + 1)];
            _length += part.Length;
            // Once a line is too long, no more of it is held than its beginning needs.
            if (_length <= largest || _held.Length < beginningBytes)
            {
                _held.Write(part);
            }

            if (end >= 0)
            {
                EndLine(closed: true);
            }

            bytes = bytes[part.Length..];
        }
    }

    public void Complete()
    {
        if (_length > 0)
        {
            EndLine(closed: false);
        }
    }

    private void EndLine(bool closed)
    {
        var line = _held.GetBuffer().AsSpan(0, (int)_held.Length);
        if (_length > largest)
        {
            var beginning = Encoding.UTF8.GetString(line[..Math.Min(beginningBytes, line.Length)]);
            _oversized.Add(new OversizedRecord(_line, _length, beginning));
            line = closed ? "\n"u8.ToArray() : [];
        }

        records.Append(line);
        output.Write(line);
        _held.SetLength(0);
        if (_held.Capacity > (1 << 20))
        {
            _held.Capacity = 0;
        }

        _length = 0;
        _line++;
    }
}
