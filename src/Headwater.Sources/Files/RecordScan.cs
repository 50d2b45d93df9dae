namespace Headwater.Sources.Files;

/// <summary>
/// Reads a text file's records as bytes, apart from the engine: how many there are and how long the longest is. The engine drops a record longer than
/// its line buffer without a word, so someone else has to count.
/// </summary>
internal sealed class RecordScan(byte? quote)
{
    private bool _inQuotes;
    private long _length;
    private bool _blank = true;

    /// <summary>Records that are not blank, a header included.</summary>
    public long Records { get; private set; }

    /// <summary>Bytes of the longest record.</summary>
    public long Longest { get; private set; }

    /// <summary>Whether the text ended inside quotes: the count cannot be relied on then.</summary>
    public bool IsUnbalanced { get; private set; }

    /// <summary>Takes the next bytes of the file.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            Take(line);
            if (end < 0)
            {
                return;
            }

            bytes = bytes[(end + 1)..];
            if (_inQuotes)
            {
                _length++;
            }
            else
            {
                Close();
            }
        }
    }

    /// <summary>Says that there is no more.</summary>
    public void Complete()
    {
        IsUnbalanced = _inQuotes;
        _inQuotes = false;
        Close();
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        if (quote is { } mark && (line.Count(mark) & 1) == 1)
        {
            _inQuotes = !_inQuotes;
        }

        _length += line.Length;
        _blank &= line.Length == 0 || line is [(byte)'\r'];
    }

    private void Close()
    {
        Longest = Math.Max(Longest, _length);
        Records += _blank ? 0 : 1;
        _length = 0;
        _blank = true;
    }
}
