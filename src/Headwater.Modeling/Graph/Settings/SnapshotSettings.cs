using Headwater.Jinja.Values;

namespace Headwater.Modeling.Graph;

/// <summary>How changed rows are told.</summary>
public enum SnapshotStrategy
{
    /// <summary>By a column that says when a row changed.</summary>
    Timestamp,

    /// <summary>By comparing columns.</summary>
    Check,
}

/// <summary>What becomes of rows that are gone.</summary>
public enum HardDeletes
{
    /// <summary>They stay as they were.</summary>
    Ignore,

    /// <summary>Their last state ends.</summary>
    Invalidate,

    /// <summary>Their last state ends, and a state marked as deleted begins.</summary>
    NewRecord,
}

/// <summary>The configuration of a snapshot. A view over its config; settled and checked by the parser.</summary>
public sealed class SnapshotSettings(NodeConfig config)
{
    public static readonly IReadOnlyList<string> Strategies = ["timestamp", "check"];

    public static readonly IReadOnlyList<string> HardDeleteModes = ["ignore", "invalidate", "new_record"];

    public SnapshotStrategy Strategy =>
        config.Text("strategy") == "check" ? SnapshotStrategy.Check : SnapshotStrategy.Timestamp;

    /// <summary>The columns, or SQL expressions, that tell rows apart.</summary>
    public IReadOnlyList<string> UniqueKey => config.UniqueKey;

    /// <summary>The column with the time of the last change; optional with <see cref="SnapshotStrategy.Check"/>.</summary>
    public string? UpdatedAt => config.Text("updated_at");

    /// <summary>The columns to compare; null for all of the query's.</summary>
    public IReadOnlyList<string>? CheckColumns =>
        config["check_cols"] is null or "all" ? null : config.Texts("check_cols");

    public HardDeletes HardDeletes =>
        config.Text("hard_deletes") switch
        {
            "invalidate" => HardDeletes.Invalidate,
            "new_record" => HardDeletes.NewRecord,
            "ignore" => HardDeletes.Ignore,
            _ => config.Flag("invalidate_hard_deletes") == true ? HardDeletes.Invalidate : HardDeletes.Ignore,
        };

    /// <summary>SQL of the end of a state that still holds; null for NULL.</summary>
    public string? ValidToCurrent => config.Text("dbt_valid_to_current");

    public string ValidFromColumn => Column("dbt_valid_from");

    public string ValidToColumn => Column("dbt_valid_to");

    public string ScdIdColumn => Column("dbt_scd_id");

    public string UpdatedAtColumn => Column("dbt_updated_at");

    public string IsDeletedColumn => Column("dbt_is_deleted");

    private string Column(string name) =>
        config["snapshot_meta_column_names"] is JinjaDict names
        && names.TryGet(name, out var custom)
        && custom is not null
            ? Text.Str(custom)
            : name;
}
