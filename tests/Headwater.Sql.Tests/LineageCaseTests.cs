using Headwater.Sql.Lineage;
using Headwater.Sql.Resolution;
using Headwater.Sql.Syntax;

namespace Headwater.Sql.Tests;

/// <summary>
/// Runs <c>Cases/lineage_*.case</c>: a query over the relations of <c>schema:</c> and, a line each, its output columns with the columns they come
/// from and what each is to them; last the columns that decide on the rows.
/// </summary>
public sealed class LineageCaseTests
{
    public static TheoryData<string, string> Cases() => SqlCase.Titles("lineage_*.case");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Columns_come_from_where_the_case_says(string file, string title)
    {
        var item = SqlCase.Find(file, title);
        var query = SqlParser.ParseQuery(item.Text, item.Dialect).Required();
        var lineage = ColumnLineage.Of(
            query,
            new CaseSchemas(item.Settings.GetValueOrDefault("schema", "")),
            item.Dialect
        );

        item.Check(file, string.Join('\n', Lines(lineage)));
    }

    private static IEnumerable<string> Lines(ColumnLineage lineage)
    {
        foreach (var column in lineage.Columns)
        {
            yield return $"{column.Name} <- {Text(column.Sources.Inputs)}"
                + (column.Sources.Complete ? "" : " (incomplete)");
        }

        if (lineage.Filters.Count > 0)
        {
            yield return $"filters on {string.Join(", ", lineage.Filters.Select(column => column.ToString()).Order(StringComparer.Ordinal))}";
        }

        if (!lineage.Complete)
        {
            yield return "incomplete";
        }

        foreach (var error in lineage.Errors)
        {
            yield return $"{error.Diagnostic.Code} at {error.Offset}: {error.Diagnostic.Message}";
        }
    }

    private static string Text(IReadOnlyDictionary<SourceColumn, InputKind> inputs) =>
        string.Join(
            ", ",
            inputs
                .OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal)
                .Select(pair => $"{pair.Key} {LineageJson.Word(pair.Value)}")
        );

    /// <summary>Relations written as <c>t(a, b); u(*)</c>, where a star means that the columns are not known.</summary>
    private sealed class CaseSchemas(string text) : ISchemaLookup
    {
        private readonly Dictionary<string, RelationSchema> _relations = text.Split(
                ';',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
            .Select(part => part.TrimEnd(')').Split('('))
            .ToDictionary(
                part => part[0],
                part => new RelationSchema(part[0], part[1] == "*" ? null : part[1].Split(", ")),
                StringComparer.OrdinalIgnoreCase
            );

        public RelationSchema? Find(QualifiedName name) => _relations.GetValueOrDefault(name.ToString());
    }
}
