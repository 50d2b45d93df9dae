namespace Headwater.Metrics.Planning.Passes.Rollups;

/// <summary>Whether a rollup answers a part of a query, and if not, why.</summary>
/// <param name="Rollup">Its name.</param>
/// <param name="WhyNot">Null if it is used.</param>
public sealed record RollupDecision(string Rollup, RollupRefusal? WhyNot)
{
    public bool IsUsed => WhyNot is null;

    public override string ToString() => WhyNot is null ? $"{Rollup}: used" : $"{Rollup}: not used, {WhyNot.Text}";
}

/// <summary>Why a rollup cannot be used.</summary>
/// <param name="Subject">The measure, dimension or table that it is about; empty for none.</param>
public sealed record RollupRefusal(RollupObstacle Obstacle, string Subject)
{
    /// <summary>A clause without a full stop.</summary>
    public string Text =>
        Obstacle switch
        {
            RollupObstacle.NotBuilt => "it was not built, or is defined otherwise since",
            RollupObstacle.Outdated => $"it is older than {Subject}",
            RollupObstacle.RepeatsRows => "its joins repeat rows: a key is not unique",
            RollupObstacle.DistinctValues =>
                $"{Subject} counts distinct values, and counts of parts do not add up to the count of the whole",
            RollupObstacle.NotAdditive => $"{Subject} of a whole cannot be had from those of its parts",
            RollupObstacle.OnlyAnEnd =>
                $"{Subject} looks at the rows themselves: of a first or last time, or before an event",
            RollupObstacle.MeasureMissing => $"{Subject} is not in it",
            RollupObstacle.KeyMissing => $"{Subject} is not among its dimensions",
            RollupObstacle.FilterMissing => $"there is a filter on {Subject}, which is not among its dimensions",
            RollupObstacle.RuleMissing => $"a row rule is on {Subject}, which is not among its dimensions",
            RollupObstacle.Masked => $"of {Subject}, of which it is made, some columns are masked",
            RollupObstacle.Grain => $"{Subject} is finer than its periods, or cuts through them",
            _ => throw new InvalidOperationException($"unknown obstacle {Obstacle}"),
        };
}

public enum RollupObstacle
{
    NotBuilt,
    Outdated,
    RepeatsRows,
    DistinctValues,
    NotAdditive,
    OnlyAnEnd,
    MeasureMissing,
    KeyMissing,
    FilterMissing,
    RuleMissing,
    Masked,
    Grain,
}
