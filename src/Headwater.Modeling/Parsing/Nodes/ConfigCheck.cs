using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;
using Headwater.Sql.Dialects;

namespace Headwater.Modeling.Parsing;

/// <summary>Holds the config of nodes against what is accepted.</summary>
internal sealed class ConfigCheck(MacroLibrary macros, SqlDialect dialect, DiagnosticBag diagnostics)
{
    private static readonly string[] Accesses = ["private", "protected", "public"];

    public void Model(NodeDraft draft)
    {
        var config = draft.Settled;
        if (CustomMaterialization.Find(macros, config.Materialized, dialect.Name, draft.Package) is null)
        {
            Accept(
                draft,
                "materialized",
                config.Materialized,
                [.. MaterializationTable.Names.Union(macros.Materializations(dialect.Name))]
            );
        }

        AcceptIfSet(draft, "on_schema_change", SchemaChange.Modes);
        if (
            config.Text("incremental_strategy") is { } strategy
            && strategy != "default"
            && !MacroStrategy.IsDefined(macros, strategy, draft.Package)
        )
        {
            Accept(draft, "incremental_strategy", strategy, IncrementalMaterialization.Strategies);
        }

        AcceptIfSet(draft, "access", Accesses);
        if (config.Text("access") == "private" && config.Text("group") is null)
        {
            Require(draft, "group", "a private model belongs to a group");
        }

        if (config.Materialized == "incremental" && config.Text("incremental_strategy") == "microbatch")
        {
            RequireSet(draft, "event_time", "the column of the event's time");
            RequireSet(draft, "begin", "the first day that has data");
            RequireSet(draft, "batch_size", string.Join(", ", MicrobatchSettings.BatchSizes));
            AcceptIfSet(draft, "batch_size", MicrobatchSettings.BatchSizes);
        }
    }

    public void Snapshot(NodeDraft draft)
    {
        var config = draft.Settled;
        AcceptIfSet(draft, "hard_deletes", SnapshotSettings.HardDeleteModes);
        RequireSet(draft, "strategy", string.Join(", ", SnapshotSettings.Strategies));
        AcceptIfSet(draft, "strategy", SnapshotSettings.Strategies);
        RequireSet(draft, "unique_key", "the column, or columns, that tell rows apart");
        switch (config.Text("strategy"))
        {
            case "timestamp":
                RequireSet(draft, "updated_at", "the column with the time of the last change");
                break;
            case "check":
                RequireSet(draft, "check_cols", "a list of columns, or all");
                break;
        }
    }

    public void Test(NodeDraft draft)
    {
        Accept(draft, "severity", draft.Settled.Severity, ["error", "warn"]);
        AcceptIfSet(draft, "store_failures_as", TestSettings.StoreModes);
    }

    private void RequireSet(NodeDraft draft, string key, string accepted)
    {
        if (draft.Settled[key] is null)
        {
            Require(draft, key, accepted);
        }
    }

    private void Require(NodeDraft draft, string key, string accepted) =>
        diagnostics.Add(ModelingDiagnostics.MissingConfig.At(draft.Location, draft.Name, key, accepted));

    private void AcceptIfSet(NodeDraft draft, string key, IReadOnlyList<string> accepted)
    {
        if (draft.Settled.Text(key) is { } value)
        {
            Accept(draft, key, value, accepted);
        }
    }

    private void Accept(NodeDraft draft, string key, string value, IReadOnlyList<string> accepted)
    {
        if (!accepted.Contains(value, StringComparer.Ordinal))
        {
            diagnostics.Add(ModelingDiagnostics.BadConfig.At(draft.Location, key, value, string.Join(", ", accepted)));
        }
    }
}
