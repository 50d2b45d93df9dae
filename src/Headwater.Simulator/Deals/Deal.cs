namespace Headwater.Simulator.Deals;

internal enum Stage
{
    Prospecting,
    Engaging,
    Won,
    Lost,
}

/// <summary>One opportunity as it stands on the last day.</summary>
/// <param name="Number">Its number, from 0, in the order of engagement.</param>
/// <param name="Account">Index of the account, or -1 while it is not known.</param>
/// <param name="EngagedOn">Day, or null while it is only prospected.</param>
/// <param name="ClosedOn">Day, or null while it is open.</param>
/// <param name="Value">Value at the close, 0 if lost; null while it is open.</param>
internal readonly record struct Deal(
    long Number,
    int Agent,
    int Product,
    int Account,
    Stage Stage,
    DateOnly? EngagedOn,
    DateOnly? ClosedOn,
    int? Value
);
