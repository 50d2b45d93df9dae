namespace Headwater.DuckDb.Types;

/// <summary>Bit strings as the engine stores them: a byte that counts padding bits, then the bits, padded with ones in front.</summary>
public static class BitDigits
{
    /// <summary>Writes the digits 0 and 1.</summary>
    /// <param name="target">At least 8 bytes for each stored byte after the first.</param>
    /// <returns>Digits written.</returns>
    public static int Write(ReadOnlySpan<byte> stored, Span<byte> target)
    {
        var padding = stored[0];
        var count = ((stored.Length - 1) * 8) - padding;
        for (var digit = 0; digit < count; digit++)
        {
            var bit = padding + digit;
            var isSet = (stored[1 + (bit >> 3)] & (0x80 >> (bit & 7))) != 0;
            target[digit] = isSet ? (byte)'1' : (byte)'0';
        }

        return count;
    }

    /// <summary>The stored form of digits.</summary>
    /// <exception cref="FormatException">Something other than 0 and 1.</exception>
    public static byte[] Pack(string digits)
    {
        var padding = (8 - (digits.Length & 7)) & 7;
        var stored = new byte[1 + ((digits.Length + padding) / 8)];
        stored[0] = (byte)padding;
        if (padding > 0)
        {
            stored[1] = (byte)(0xFF << (8 - padding));
        }

        for (var digit = 0; digit < digits.Length; digit++)
        {
            var bit = padding + digit;
            stored[1 + (bit >> 3)] |= digits[digit] switch
            {
                '1' => (byte)(0x80 >> (bit & 7)),
                '0' => 0,
                _ => throw new FormatException("A bit string holds the digits 0 and 1 alone."),
            };
        }

        return stored;
    }
}
