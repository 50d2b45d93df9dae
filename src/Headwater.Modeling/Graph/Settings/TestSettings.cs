namespace Headwater.Modeling.Graph;

/// <summary>The configuration of a test. A view over its config.</summary>
public sealed class TestSettings(NodeConfig config)
{
    public static readonly IReadOnlyList<string> StoreModes = ["table", "view", "ephemeral"];

    /// <summary>True if failures only warn.</summary>
    public bool OnlyWarns => config.Severity == "warn";

    /// <summary>SQL over the failing rows: what the thresholds compare.</summary>
    public string FailCalculation => config.Text("fail_calc") ?? "count(*)";

    /// <summary>Operator and number: when to warn.</summary>
    public string WarnIf => config.Text("warn_if") ?? "!= 0";

    /// <summary>Operator and number: when to fail.</summary>
    public string ErrorIf => config.Text("error_if") ?? "!= 0";

    /// <summary>How many failing rows to look for at most; null for all.</summary>
    public long? Limit => config.Integer("limit");

    /// <summary>SQL that limits the rows that are tested; the built-in <c>get_where_subquery</c> applies it.</summary>
    public string? Where => config.Text("where");

    /// <summary>What to keep failing rows in: <c>table</c>, <c>view</c>, or null to keep none.</summary>
    public string? StoresFailuresAs =>
        config.Text("store_failures_as") switch
        {
            "ephemeral" => null,
            { } kind => kind,
            null => config.Flag("store_failures") == true ? "table" : null,
        };
}
