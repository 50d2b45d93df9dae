using System.Text;

namespace Headwater.Modeling.Publishing;

/// <summary>
/// SQL with the schema exchanged in the names of relations that stand elsewhere during a build. Reads as the engines do: what stands in
/// texts, comments and dollar quotes is left alone, so that a name that a model writes into its rows is the published one.
/// </summary>
internal sealed class PlacedSql
{
    // From each written offset on, up to the next one, the text came from this offset on.
    private readonly List<(int Written, int Original)> _pieces = [];

    private PlacedSql(string text) => Text = text;

    public string Text { get; private set; }

    public static PlacedSql Of(string sql, RelationPlaces places, Func<string, string> quote)
    {
        var placed = new PlacedSql(sql);
        if (!places.IsEmpty)
        {
            placed.Exchange(sql, places, quote);
        }

        return placed;
    }

    /// <summary>The offset into the SQL as it was given, for one into <see cref="Text"/>.</summary>
    public int Original(int written)
    {
        var piece = _pieces.FindLastIndex(piece => piece.Written <= written);
        return piece < 0 ? written : _pieces[piece].Original + written - _pieces[piece].Written;
    }

    private void Exchange(string sql, RelationPlaces places, Func<string, string> quote)
    {
        StringBuilder? text = null;
        var copied = 0;
        var reader = new NameReader(sql);
        while (reader.TryRead(out var parts))
        {
            if (Find(parts, places) is not { } found)
            {
                continue;
            }

            text ??= new StringBuilder(sql.Length + 64);
            text.Append(sql, copied, found.Part.Start - copied);
            text.Append(quote(found.Schema));
            copied = found.Part.Start + found.Part.Length;
            _pieces.Add((text.Length, copied));
        }

        if (text is not null)
        {
            Text = text.Append(sql, copied, sql.Length - copied).ToString();
        }
    }

    // A name can be relation, schema.relation, database.schema.relation, and each with a column behind it.
    private static (NamePart Part, string Schema)? Find(IReadOnlyList<NamePart> parts, RelationPlaces places)
    {
        for (var index = 0; index < Math.Min(parts.Count - 1, 2); index++)
        {
            if (index == 1 && !string.Equals(parts[0].Name, places.Catalog, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            if (
                places.MayBeMoved(parts[index + 1].Name)
                && places.SchemaOf(parts[index].Name, parts[index + 1].Name) is { } schema
            )
            {
                return (parts[index], schema);
            }
        }

        return null;
    }
}
