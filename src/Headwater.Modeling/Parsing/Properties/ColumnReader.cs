using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>Reads the columns that properties describe.</summary>
internal sealed class ColumnReader(YamlRenderer renderer)
{
    public ColumnInfo Read(MappingReader column)
    {
        var name = column.RequiredText("name").Text;
        return new ColumnInfo(name, Described(column), column.Text("data_type"), Tags(column), Meta(column))
        {
            Quote = column.Boolean("quote"),
            Constraints = ConstraintReader.Read(column, name),
        };
    }

    /// <summary>The columns of one version of a model: those of the model that it includes, and its own.</summary>
    public IReadOnlyList<ColumnInfo> OfVersion(MappingReader version, IReadOnlyList<ColumnInfo> ofModel)
    {
        var written = version.Mappings("columns");
        if (written.Count == 0)
        {
            return ofModel;
        }

        var own = written.Where(column => !column.Has("include")).Select(Read).ToList();
        var inherited = ofModel.ToList();
        foreach (var rule in written.Where(column => column.Has("include")))
        {
            var included = rule.Texts("include").Select(name => name.Text).ToList();
            var excluded = rule.Texts("exclude").Select(name => name.Text).ToList();
            inherited =
            [
                .. ofModel.Where(column =>
                    (included.Contains("*") || included.Contains("all") || included.Contains(column.Name))
                    && !excluded.Contains(column.Name)
                ),
            ];
        }

        return [.. inherited.Where(column => own.All(other => other.Name != column.Name)), .. own];
    }

    private string? Described(MappingReader reader) =>
        reader.LocatedText("description") is { } text ? Text.Str(renderer.Render(text.Text, text.Location)) : null;

    private static IReadOnlyList<string> Tags(MappingReader reader) =>
        [
            .. reader.Texts("tags").Select(tag => tag.Text),
            .. reader.Child("config")?.Texts("tags").Select(tag => tag.Text) ?? [],
        ];

    private static JinjaDict Meta(MappingReader reader)
    {
        var meta = YamlValues.ConvertMapping(reader.Node("meta") as YamlMapping);
        meta.Merge(YamlValues.ConvertMapping(reader.Child("config")?.Node("meta") as YamlMapping));
        return meta;
    }
}
