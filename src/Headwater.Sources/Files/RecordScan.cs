namespace Headwater.Sources.Files;

/// <summary>
/// Reads a text file's records as bytes, apart from the engine: how many there are and how long the longest is. The engine drops some records without a
/// word (longer than its line buffer, behind mixed line ends), so someone else has to count.
/// </summary>
internal sealed class RecordScan(RecordShape shape)
{
    /// <summary>Bytes of a record, its end included, that the engine's line buffer holds where nothing is said.</summary>
    public const long EngineLineBytes = 2_097_152;

    private RecordEnds _ends = new(shape);
    private long _length;
    private byte _last;
    private long _carriages;
    private long _ended;
    private bool _hasCarriage;

    /// <summary>Records that are not blank, a header included.</summary>
    public long Records { get; private set; }

    /// <summary>Blank lines; where there is one column only, the engine takes them for records.</summary>
    public long Blanks { get; private set; }

    /// <summary>Bytes of the longest record.</summary>
    public long Longest { get; private set; }

    /// <summary>Whether lines end with carriage returns alone, as on computers of long ago.</summary>
    public bool HasCarriagesOnly => _ended == 0 && _hasCarriage;

    /// <summary>Whether lines end in more than one way, which the engine refuses.</summary>
    public bool HasMixedEnds => _carriages > 0 && _carriages < _ended;

    /// <summary>Takes the next bytes of the file.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var end = _ends.Find(bytes);
            if (end < 0)
            {
                _length += bytes.Length;
                _last = bytes[^1];
                _hasCarriage |= _ended == 0 && bytes.Contains((byte)'\r');
                return;
            }

            var before = end > 1 ? bytes[end - 2] : _last;
            var carriage = before == (byte)'\r' && _length + end > 1 ? 1 : 0;
            _carriages += carriage;
            _ended++;
            Close(_length + end - 1 - carriage);
            _length = 0;
            bytes = bytes[end..];
        }
    }

    /// <summary>Says that there is no more.</summary>
    public void Complete()
    {
        if (_length > 0)
        {
            Close(_length);
        }
    }

    private void Close(long length)
    {
        Longest = Math.Max(Longest, length);
        if (length > 0)
        {
            Records++;
        }
        else
        {
            Blanks++;
        }
    }
}
