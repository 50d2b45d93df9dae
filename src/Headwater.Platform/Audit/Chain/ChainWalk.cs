namespace Headwater.Platform.Audit.Chain;

/// <summary>Follows a chain link by link and notes what does not fit. After a flaw it goes on from the digest that the record states, so that one flaw is told once.</summary>
/// <param name="place">What is walked through.</param>
/// <param name="last">The number of the last record to look at.</param>
internal sealed class ChainWalk(string place, long last)
{
    private readonly List<ChainFlaw> _flaws = [];
    private byte[] _digest = ChainHead.Start.Digest.ToArray();

    public IReadOnlyList<ChainFlaw> Flaws => _flaws;

    public long Sequence { get; private set; }

    public long Records { get; private set; }

    public ChainHead Head => new(Sequence, _digest);

    /// <summary>What the place is called from here on.</summary>
    public string Place { get; set; } = place;

    public void Add(ChainedLine link)
    {
        if (link.Sequence > last)
        {
            return;
        }

        Records++;
        var expected = Sequence + 1;
        if (link.Sequence > expected)
        {
            Note(ChainFlawKind.Missing, expected, link.Sequence - 1);
        }
        else if (link.Sequence < expected)
        {
            // It stands after records that were written after it: what follows is held against those.
            Note(ChainFlawKind.Reordered, link.Sequence, link.Sequence);
            return;
        }
        else if (!link.Follows(_digest))
        {
            Note(ChainFlawKind.Changed, link.Sequence, link.Sequence);
        }

        Sequence = link.Sequence;
        _digest = link.Stated;
    }

    private void Note(ChainFlawKind kind, long from, long to) => _flaws.Add(new ChainFlaw(kind, Place, from, to));
}
