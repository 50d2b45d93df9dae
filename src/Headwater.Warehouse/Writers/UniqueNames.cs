using Headwater.Warehouse.Results;

namespace Headwater.Warehouse.Writers;

/// <summary>Column names for formats in which a name may stand once: later ones get <c>_1</c>, <c>_2</c> …</summary>
internal static class UniqueNames
{
    public static IReadOnlyList<string> Of(IReadOnlyList<ResultColumn> columns)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = new List<string>(columns.Count);
        foreach (var column in columns)
        {
            var name = column.Name;
            for (var number = 1; !taken.Add(name); number++)
            {
                name = $"{column.Name}_{number}";
            }

            names.Add(name);
        }

        return names;
    }
}
