namespace Headwater.Sources.Files;

/// <summary>
/// Finds where records end, in bytes that come in parts. A quote opens only at the start of a field, as the engine has it: one inside a field is
/// a character like others.
/// </summary>
internal struct RecordEnds(RecordShape shape)
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private byte _previous = (byte)'\n';
    private bool _begun;
    private bool _escaped;
    private bool _mayClose;

    /// <summary>Whether the bytes so far end inside quotes.</summary>
    public bool InQuotes { get; private set; }

    /// <summary>The place after the line feed that ends the current record, or -1 if it goes on beyond these bytes.</summary>
    public int Find(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        if (!_begun && bytes.Length > 0)
        {
            _begun = true;
            position = bytes.StartsWith(Mark) ? Mark.Length : 0;
        }

        while (position < bytes.Length)
        {
            if (InQuotes)
            {
                position += Quoted(bytes[position..]);
                continue;
            }

            var rest = bytes[position..];
            var at = shape.Quote is { } quote ? rest.IndexOfAny(quote, (byte)'\n') : rest.IndexOf((byte)'\n');
            if (at < 0)
            {
                _previous = rest[^1];
                return -1;
            }

            position += at + 1;
            var before = at > 0 ? rest[at - 1] : _previous;
            _previous = rest[at];
            if (rest[at] == (byte)'\n')
            {
                return position;
            }

            InQuotes = before == (byte)'\n' || before == shape.Delimiter;
        }

        return -1;
    }

    // Bytes taken inside quotes. Whether a quote closes them or is doubled shows the byte after it, which may come with the next part.
    private int Quoted(ReadOnlySpan<byte> bytes)
    {
        if (_escaped)
        {
            _escaped = false;
            return 1;
        }

        if (_mayClose)
        {
            _mayClose = false;
            InQuotes = bytes[0] == shape.Quote;
            _previous = shape.Quote!.Value;
            return InQuotes ? 1 : 0;
        }

        var at = bytes.IndexOfAny(shape.Quote!.Value, shape.Escape);
        if (at < 0)
        {
            return bytes.Length;
        }

        if (bytes[at] == shape.Quote)
        {
            _mayClose = shape.Escape == shape.Quote;
            InQuotes = _mayClose;
        }
        else
        {
            _escaped = true;
        }

        _previous = bytes[at];
        return at + 1;
    }

    /// <summary>Says that there is no more: a quote that might have closed has.</summary>
    public void Complete()
    {
        if (_mayClose)
        {
            InQuotes = false;
        }
    }
}
