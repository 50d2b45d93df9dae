using System.Globalization;
using System.Text;
using Headwater.DuckDb.Results;
using Headwater.DuckDb.Types;

namespace Headwater.Platform.Catalog;

/// <summary>One row of a catalog query. Only the types that migrations use: text, bigint, boolean, timestamptz.</summary>
internal readonly struct CatalogRow(object?[] values)
{
    public string Text(int column) => (string)values[column]!;

    public string? TextOrNull(int column) => (string?)values[column];

    public long Number(int column) => (long)values[column]!;

    public long? NumberOrNull(int column) => (long?)values[column];

    public bool Flag(int column) => (bool)values[column]!;

    public DateTimeOffset Time(int column) => (DateTimeOffset)values[column]!;

    public DateTimeOffset? TimeOrNull(int column) => (DateTimeOffset?)values[column];

    /// <summary>The rows of a chunk, copied out of the engine's memory.</summary>
    public static IEnumerable<CatalogRow> Read(DuckDbChunk chunk, IReadOnlyList<DuckDbField> columns)
    {
        var rows = new object?[chunk.RowCount][];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = new object?[columns.Count];
        }

        for (var column = 0; column < columns.Count; column++)
        {
            Copy(chunk.Vector(column), columns[column].Type.Id, column, rows);
        }

        return rows.Select(values => new CatalogRow(values));
    }

    private static void Copy(VectorView vector, DuckDbTypeId type, int column, object?[][] rows)
    {
        var validity = vector.Validity;
        var offsets = type == DuckDbTypeId.Varchar ? new int[rows.Length + 1] : [];
        var bytes = type == DuckDbTypeId.Varchar ? vector.CopyBytes(offsets) : [];
        for (var row = 0; row < rows.Length; row++)
        {
            if (!validity.IsEmpty && (validity[row >> 6] & (1UL << (row & 63))) == 0)
            {
                continue;
            }

            rows[row][column] = type switch
            {
                DuckDbTypeId.Varchar => Encoding.UTF8.GetString(bytes, offsets[row], offsets[row + 1] - offsets[row]),
                DuckDbTypeId.BigInt => vector.Values<long>()[row],
                DuckDbTypeId.Integer => (long)vector.Values<int>()[row],
                DuckDbTypeId.Boolean => vector.Values<byte>()[row] != 0,
                DuckDbTypeId.TimestampTz => DateTimeOffset.UnixEpoch.AddMicroseconds(vector.Values<long>()[row]),
                _ => throw new NotSupportedException(
                    string.Create(CultureInfo.InvariantCulture, $"The catalog does not use {type}.")
                ),
            };
        }
    }
}
