namespace Headwater.Modeling.Graph;

/// <summary>How an incremental model is built in batches of time. A view over its config; checked by the parser.</summary>
public sealed class MicrobatchSettings(NodeConfig config)
{
    public static readonly IReadOnlyList<string> BatchSizes = ["hour", "day", "month", "year"];

    /// <summary>The column of the event's time. What the model reads is limited to a batch by the <c>event_time</c> of each.</summary>
    public string EventTime => config.Text("event_time") ?? "";

    /// <summary><c>hour</c>, <c>day</c>, <c>month</c> or <c>year</c>.</summary>
    public string BatchSize => config.Text("batch_size") ?? "day";

    /// <summary>The first instant that has data, as written: a date or a timestamp in UTC.</summary>
    public string Begin => config.Text("begin") ?? "";

    /// <summary>How many batches before the last are built again.</summary>
    public long Lookback => config.Integer("lookback") ?? 1;
}
