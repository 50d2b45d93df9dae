using System.Globalization;
using System.Numerics;
using System.Text;
using Headwater.Warehouse.Results;

namespace Headwater.Compat.Metrics.Comparing;

/// <param name="Cause">Rows, columns or values.</param>
internal sealed record TableDifference(string Cause, string Detail);

/// <summary>Whether two results hold the same: columns by name, numbers to six digits, rows in any order unless it is asked for.</summary>
internal static class TableComparison
{
    private const double Tolerance = 1e-6;
    private const int RowsShown = 12;

    public static TableDifference? Difference(
        ResultTable expected,
        ResultTable actual,
        bool checkOrder,
        bool allowEmpty
    )
    {
        var names = expected.Columns.Select(column => column.Name.ToLowerInvariant()).ToList();
        var found = actual.Columns.Select(column => column.Name.ToLowerInvariant()).ToList();
        if (!names.Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal)))
        {
            return new TableDifference(
                "columns differ",
                $"expected {string.Join(", ", names)}; found {string.Join(", ", found)}"
            );
        }

        var left = Rows(expected, [.. Enumerable.Range(0, names.Count)], checkOrder);
        var right = Rows(actual, [.. names.Select(name => found.IndexOf(name))], checkOrder);
        if (left.Count == 0 && !allowEmpty)
        {
            return new TableDifference("the check query gives no row", "");
        }

        return left.Count != right.Count ? new TableDifference("rows differ", Shown(names, left, right))
            : left.Zip(right).Any(pair => !pair.First.Zip(pair.Second).All(cell => Same(cell.First, cell.Second)))
                ? new TableDifference("values differ", Shown(names, left, right))
            : null;
    }

    private static List<object?[]> Rows(ResultTable table, IReadOnlyList<int> columns, bool inOrder)
    {
        var rows = new List<object?[]>((int)table.RowCount);
        foreach (var batch in table.Batches)
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                rows.Add([.. columns.Select(column => Normal(batch.Columns[column].Value(row)))]);
            }
        }

        return inOrder ? rows : [.. rows.OrderBy(row => row, Comparer<object?[]>.Create(Compare))];
    }

    // Texts, numbers as doubles, instants and booleans: what the types are called differs from engine to engine.
    private static object? Normal(object? value) =>
        value switch
        {
            null or string or bool or DateTime => value,
            DateOnly date => date.ToDateTime(TimeOnly.MinValue),
            BigInteger big => (double)big,
            Int128 big => (double)big,
            IConvertible number => number.ToDouble(CultureInfo.InvariantCulture),
            var other => other.ToString(),
        };

    private static int Compare(object?[] left, object?[] right)
    {
        for (var index = 0; index < left.Length; index++)
        {
            var order = Compare(left[index], right[index]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static int Compare(object? left, object? right) =>
        (left, right) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            // Alike to the tolerance is alike here too, so that noise does not change the order of rows.
            (double a, double b) => Same(a, b) ? 0 : a.CompareTo(b),
            (string a, string b) => string.CompareOrdinal(a, b),
            (IComparable a, _) when a.GetType() == right.GetType() => a.CompareTo(right),
            _ => string.CompareOrdinal(left.ToString(), right.ToString()),
        };

    private static bool Same(object? left, object? right) =>
        left is double a && right is double b
            ? a.Equals(b) || Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b))
            : Equals(left, right);

    private static string Shown(List<string> names, List<object?[]> expected, List<object?[]> actual)
    {
        var text = new StringBuilder();
        text.AppendLine(string.Join(" | ", names));
        Append("expected", expected);
        Append("found", actual);
        return text.ToString();

        void Append(string title, List<object?[]> rows)
        {
            text.Append(title).Append(' ').Append(rows.Count).AppendLine(" rows");
            foreach (var row in rows.Take(RowsShown))
            {
                text.AppendLine(
                    string.Join(" | ", row.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "-"))
                );
            }
        }
    }
}
