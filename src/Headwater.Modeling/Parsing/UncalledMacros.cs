using System.Collections.Frozen;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Modeling.Parsing;

/// <summary>
/// Macros by which projects change how dbt itself makes tables, seeds and snapshots. Headwater does that without macros, so it says so
/// instead of leaving an author to wonder why a macro has no effect.
/// </summary>
internal static class UncalledMacros
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
        [
            "alter_column_comment",
            "alter_column_type",
            "alter_relation_add_remove_columns",
            "alter_relation_comment",
            "apply_grants",
            "check_for_schema_changes",
            "create_csv_table",
            "create_indexes",
            "create_schema",
            "create_table_as",
            "create_view_as",
            "drop_relation",
            "drop_schema",
            "get_create_materialized_view_as_sql",
            "get_create_table_as_sql",
            "get_create_view_as_sql",
            "get_delete_insert_merge_sql",
            "get_incremental_append_sql",
            "get_incremental_delete_insert_sql",
            "get_incremental_merge_sql",
            "get_incremental_microbatch_sql",
            "get_insert_overwrite_merge_sql",
            "get_merge_sql",
            "get_merge_update_columns",
            "get_test_sql",
            "get_unit_test_sql",
            "load_csv_rows",
            "make_backup_relation",
            "make_intermediate_relation",
            "make_temp_relation",
            "persist_docs",
            "process_schema_changes",
            "rename_relation",
            "reset_csv_table",
            "snapshot_check_strategy",
            "snapshot_hash_arguments",
            "snapshot_merge_sql",
            "snapshot_staging_table",
            "snapshot_timestamp_strategy",
            "sync_column_schemas",
            "truncate_relation",
        ],
        StringComparer.Ordinal
    );

    /// <summary>Warns of each, where it would have been called: the project's own or an implementation for this engine.</summary>
    public static void Check(MacroLibrary macros, string adapter, DiagnosticBag diagnostics)
    {
        foreach (var macro in macros.All.Where(macro => !macro.IsBuiltIn))
        {
            var parts = macro.Name.Split("__", 2);
            var isOurs = parts is [_] || parts[0] == "default" || parts[0] == adapter;
            if (isOurs && Names.Contains(parts[^1]) && macro.Package == macros.RootPackage)
            {
                diagnostics.Add(ModelingDiagnostics.UncalledMacro.At(macro.Location, macro.Name));
            }
        }
    }
}
