namespace Headwater.Sql.Masking;

/// <summary>How a column is kept from someone. The order is that of strength: of several the last is taken.</summary>
public enum MaskMethod
{
    /// <summary>A keyed digest: equal values look equal, so that counting and joining work, and nobody can guess his way back without the key.</summary>
    Hash,

    /// <summary>The last characters of a text; the year of a time; of anything else nothing.</summary>
    Partial,

    /// <summary>Dots in place of any text, also of one that is not there; of anything else nothing.</summary>
    Redact,

    /// <summary>Nothing at all.</summary>
    Null,
}

/// <summary>A mask on a column.</summary>
/// <param name="Keep">How many last characters <see cref="MaskMethod.Partial"/> leaves of a text; of shorter ones than twice as many it leaves none.</param>
public sealed record ColumnMask(MaskMethod Method, int Keep = ColumnMask.DefaultKeep)
{
    public const int DefaultKeep = 4;

    /// <summary>The stronger of two masks.</summary>
    public static ColumnMask Stronger(ColumnMask left, ColumnMask right) =>
        left.Method != right.Method ? (left.Method > right.Method ? left : right)
        : left.Keep <= right.Keep ? left
        : right;
}
