using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Postgres.Writing;

/// <summary>Lists as arrays of one dimension.</summary>
internal static class ListWriter
{
    public static ValueWriter? For(Column column, uint element, string name)
    {
        if (column is not ListColumn lists)
        {
            return null;
        }

        var write = ValueWriters.For(lists.Elements, element, name);
        return (buffer, row) =>
        {
            var (first, count) = (lists.Starts[row], lists.Counts[row]);
            var start = buffer.BeginValue();
            buffer.Int32(count == 0 ? 0 : 1);
            buffer.Int32(HasNull(lists.Elements, first, count) ? 1 : 0);
            buffer.Int32((int)element);
            if (count > 0)
            {
                buffer.Int32(count);
                buffer.Int32(1);
            }

            for (var index = first; index < first + count; index++)
            {
                if (lists.Elements.IsNull(index))
                {
                    buffer.Int32(-1);
                }
                else
                {
                    write(buffer, index);
                }
            }

            buffer.EndValue(start);
        };
    }

    private static bool HasNull(Column elements, int first, int count)
    {
        for (var index = first; index < first + count; index++)
        {
            if (elements.IsNull(index))
            {
                return true;
            }
        }

        return false;
    }
}
