using Headwater.Sql.Dialects;
using Headwater.Sql.Syntax;
using Headwater.Testing;

namespace Headwater.Sql.Tests;

/// <summary>Where DuckDB itself reads a case, it sees the relations and functions that we see.</summary>
public sealed class EngineAgreementTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var path in Directory.EnumerateFiles(SqlCase.Folder, "*.case").Order(StringComparer.Ordinal))
        {
            foreach (var item in SqlCase.ReadAll(path))
            {
                if (SqlParser.ParseQuery(item.Text, item.Dialect).Query is not null)
                {
                    data.Add(Path.GetFileName(path), item.Title);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_engine_sees_the_same_relations_and_functions(string file, string title)
    {
        using var engine = new DuckDbReferences();
        var item = SqlCase.Find(file, title);
        var query = SqlParser.ParseQuery(item.Text, item.Dialect).Required();
        var differences = engine.Differences(item.Text, query);
        if (item.Dialect is DuckDbDialect && !DependsOnRows(query))
        {
            Assert.NotNull(differences);
        }

        Assert.Empty(differences ?? []);
    }

    // The engine makes several statements of a pivot whose values are those of the rows, and has no tree of them.
    private static bool DependsOnRows(SqlNode node) =>
        node is PivotColumn { Values.Count: 0, Enumeration: null }
        || node.ChildNodes().Any(child => child is not null && DependsOnRows(child));
}
