namespace Headwater.Server;

/// <summary>How the server listens and bounds its work.</summary>
public sealed record ServerOptions
{
    /// <summary>TCP port; 0 takes a free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>True to listen on all addresses, false for this machine alone.</summary>
    public bool ListenOnAllAddresses { get; init; }

    /// <summary>Questions that one dashboard request has under way at a time. Those that the cache answers do not count.</summary>
    public int TileParallelism { get; init; } = 4;

    /// <summary>Most rows that "see the rows" shows.</summary>
    public int RowsShown { get; init; } = 1_000;

    /// <summary>Most values that a filter offers at a time.</summary>
    public int ValuesShown { get; init; } = 200;

    /// <summary>Longest that the server works out answers before anybody asks, at its start and after each publication.</summary>
    public TimeSpan PreparingTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Most people for whom it does, those that were seen last.</summary>
    public int PreparedPeople { get; init; } = 100;
}
