using Headwater.Sources.Formats;
using Headwater.Sources.Landing.Tables;
using Headwater.Sql.Dialects;

namespace Headwater.Sources.Landing.Loading;

/// <summary>Upserting staged rows by primary key: rows with the keys of the file go, then the last of each key comes in.</summary>
internal sealed class KeyUpsert(FileReading reading, IReadOnlyList<string> primaryKey, SqlDialect dialect)
{
    private readonly List<int> _keys = [.. primaryKey.Select(reading.IndexOf)];

    /// <summary>Ends a query over the staged rows so that it gives the last of each key.</summary>
    public string QualifyLast =>
        $"QUALIFY row_number() OVER (PARTITION BY {string.Join(", ", _keys.Select(StagedRows.Column))} ORDER BY {StagedRows.Ordinal} DESC) = 1";

    /// <summary>SQL that deletes the rows of a table that the staged ones replace.</summary>
    public string DeleteFrom(TargetTable target)
    {
        var matches = _keys.Select(key => $"t.{dialect.Quote(reading.Columns[key].Name)} = s.{StagedRows.Column(key)}");
        return $"DELETE FROM {target.Sql} AS t USING {StagedRows.Name} AS s WHERE s.{StagedRows.Fault} IS NULL AND {string.Join(" AND ", matches)}";
    }
}
