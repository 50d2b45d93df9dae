namespace Headwater.Warehouse.Results;

/// <summary>Some consecutive rows of a result, column by column.</summary>
/// <param name="Columns">One column for each <see cref="ResultColumn"/>, in order.</param>
/// <param name="RowCount">Rows in this batch.</param>
public sealed record Batch(IReadOnlyList<Column> Columns, int RowCount);
