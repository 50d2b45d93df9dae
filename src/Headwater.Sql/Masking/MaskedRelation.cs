using Headwater.Kernel.Names;
using Headwater.Sql.Dialects;

namespace Headwater.Sql.Masking;

/// <summary>What a mask has to know of a column's type.</summary>
public enum ColumnFamily
{
    Text,
    Time,
    Other,
}

/// <summary>A column of a relation and how it is masked; null leaves it as it is.</summary>
public sealed record MaskedColumn(string Name, ColumnFamily Family, ColumnMask? Mask);

/// <summary>A relation some of whose columns someone must not see. Immutable.</summary>
/// <param name="Columns">All columns of the relation, in order.</param>
public sealed record MaskedRelation(RelationName Relation, IReadOnlyList<MaskedColumn> Columns)
{
    private const string Dots = "•••";

    // 96 bits: no two of 10⁹ values are likely to meet.
    private const int HashDigits = 24;

    /// <summary>
    /// The columns as a SELECT list over the relation's rows, those masked under their own names. Whatever reads this, and not the relation, cannot reach a
    /// clear value.
    /// </summary>
    /// <param name="key">SQL that gives the key of hashes as text: a parameter, so that no statement shows it.</param>
    public string Select(SqlDialect dialect, Func<string> key) =>
        string.Join(
            ", ",
            Columns.Select(column =>
                column.Mask is { } mask
                    ? $"{Value(dialect.Quote(column.Name), column.Family, mask, dialect, key)} AS {dialect.Quote(column.Name)}"
                    : dialect.Quote(column.Name)
            )
        );

    private static string Value(
        string column,
        ColumnFamily family,
        ColumnMask mask,
        SqlDialect dialect,
        Func<string> key
    ) =>
        (mask.Method, family) switch
        {
            (MaskMethod.Hash, _) => Hash(column, dialect, key()),
            (MaskMethod.Redact, ColumnFamily.Text) => $"'{Dots}'",
            (MaskMethod.Partial, ColumnFamily.Text) =>
                $"CASE WHEN length({column}) >= {2 * mask.Keep} THEN '{Dots}' || right({column}, {mask.Keep}) WHEN {column} IS NOT NULL THEN '{Dots}' END",
            (MaskMethod.Partial, ColumnFamily.Time) => $"date_trunc('year', {column})",
            // Nothing, of the column's own type.
            _ => $"CASE WHEN false THEN {column} END",
        };

    // The key comes first and its length is fixed, so that no key and value run together into another; nobody extends a digest that is cut off.
    private static string Hash(string column, SqlDialect dialect, string key) =>
        $"left({dialect.Sha256($"{key} || {dialect.AsText(column)}")}, {HashDigits})";
}
