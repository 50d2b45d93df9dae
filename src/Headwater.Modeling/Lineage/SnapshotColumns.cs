using Headwater.Modeling.Graph;
using Headwater.Sql.Lineage;

namespace Headwater.Modeling.Lineage;

/// <summary>The columns that a snapshot adds to those of its query.</summary>
internal static class SnapshotColumns
{
    /// <param name="columns">Those of the query.</param>
    public static IEnumerable<LineageColumn> Of(SnapshotNode snapshot, IReadOnlyList<LineageColumn> columns)
    {
        var settings = snapshot.Settings;
        string[] changed = settings.UpdatedAt is { } column ? [column] : [];
        yield return Made(settings.ScdIdColumn, [.. settings.UniqueKey, .. changed]);
        foreach (var name in (string[])[settings.UpdatedAtColumn, settings.ValidFromColumn, settings.ValidToColumn])
        {
            yield return Made(name, changed);
        }

        if (settings.HardDeletes == HardDeletes.NewRecord)
        {
            yield return Made(settings.IsDeletedColumn, []);
        }

        // A key may be an expression: then what it is made of is not known.
        LineageColumn Made(string name, IReadOnlyList<string> from)
        {
            var found = from.Select(text =>
                    columns.FirstOrDefault(own => string.Equals(own.Name, text, StringComparison.OrdinalIgnoreCase))
                )
                .ToList();
            var inputs = found
                .OfType<LineageColumn>()
                .SelectMany(own => own.Inputs)
                .Select(input => input.Kind == InputKind.Copied ? input with { Kind = InputKind.Transformed } : input)
                .Distinct();
            return new LineageColumn(name, [.. inputs], found.TrueForAll(own => own is { Complete: true }));
        }
    }
}
