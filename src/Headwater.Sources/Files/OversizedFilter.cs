using System.Text;

namespace Headwater.Sources.Files;

/// <summary>
/// Copies text record by record, each ended by a line feed alone, and leaves out records that are too long, remembering where they were and how they
/// began. An empty line stands in their place, so that the numbers of the records after them stay true.
/// </summary>
internal sealed class OversizedFilter(Stream output, RecordShape shape, long largest) : IDisposable
{
    private const int BeginningBytes = 1_000;
    private const int HeldBytes = 1 << 20;

    private readonly List<OversizedRecord> _oversized = [];
    private readonly MemoryStream _held = new();
    private RecordEnds _ends = new(shape);
    private long _number = 1;
    private long _length;

    public IReadOnlyList<OversizedRecord> Oversized => _oversized;

    /// <summary>The records that were copied.</summary>
    public RecordScan Records { get; } = new(shape);

    public void Dispose() => _held.Dispose();

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var end = _ends.Find(bytes);
            var part = end < 0 ? bytes : bytes[..end];
            _length += part.Length;
            // Once a record is too long, no more of it is held than its beginning needs.
            if (_length <= largest || _held.Length < BeginningBytes)
            {
                _held.Write(part[..(int)Math.Min(part.Length, largest + BeginningBytes)]);
            }

            if (end >= 0)
            {
                Close();
            }

            bytes = bytes[part.Length..];
        }
    }

    public void Complete()
    {
        if (_length > 0)
        {
            Close();
        }

        Records.Complete();
    }

    private void Close()
    {
        var record = _held.GetBuffer().AsSpan(0, (int)_held.Length);
        if (_length > largest)
        {
            var beginning = Encoding.UTF8.GetString(record[..Math.Min(BeginningBytes, record.Length)]);
            _oversized.Add(new OversizedRecord(_number, _length, beginning));
            Write("\n"u8);
        }
        else
        {
            Write(record.TrimEnd("\r\n"u8).Length == 0 ? [] : Unended(record));
            Write("\n"u8);
        }

        _held.SetLength(0);
        if (_held.Capacity > HeldBytes)
        {
            _held.Capacity = 0;
        }

        _length = 0;
        _number++;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        Records.Append(bytes);
        output.Write(bytes);
    }

    private static ReadOnlySpan<byte> Unended(ReadOnlySpan<byte> record) =>
        record.EndsWith("\r\n"u8) ? record[..^2]
        : record.EndsWith("\n"u8) ? record[..^1]
        : record;
}
