using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;
using Headwater.Modeling.Publishing;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Modeling.UnitTests;

/// <summary>
/// Runs a unit test: compiles its model with fixtures in place of what it reads, and holds the rows that it gives against those expected,
/// order aside, over the columns that are named.
/// </summary>
internal sealed class UnitTestRunner(BuildRun run, Publication publication, NodeCompiler compiler)
{
    /// <returns>The differences for people, one a line; empty if there are none.</returns>
    /// <exception cref="DiagnosticException">A template failed, or a fixture does not fit.</exception>
    /// <exception cref="WarehouseException">The model or a fixture is wrong.</exception>
    public async ValueTask<UnitTestFinding> RunAsync(UnitTestNode test, CancellationToken cancellationToken)
    {
        var model = (ModelNode)run.Manifest.Nodes[test.ModelId];
        var fixtures = new List<(string Name, string Sql)>();
        // What the build defers to another environment is read there by what has no fixture.
        var replaced = new Dictionary<string, string>(run.Scope.Replaced, StringComparer.Ordinal);
        string? self = null;
        foreach (var (input, index) in test.Given.Select((input, index) => (input, index)))
        {
            var node = input.NodeId is null ? model : (RelationNode)run.Manifest.Nodes[input.NodeId];
            var name = $"__dbt__cte__{node.Relation.Name}_given_{index}";
            fixtures.Add((name, await FixtureAsync(test, node, input.Rows, cancellationToken)));
            if (input.NodeId is null)
            {
                self = name;
            }
            else
            {
                replaced[input.NodeId] = name;
            }
        }

        var scope = new CompileScope
        {
            Replaced = replaced,
            This = self,
            Macros = test.MacroOverrides,
            Variables = test.VariableOverrides,
            Environment = test.EnvironmentOverrides,
        };
        var compiled = await Task.Run(() => compiler.Compile(model, scope), cancellationToken);
        var sql = CteInjection.Inject(compiled.Sql, fixtures);
        return new UnitTestFinding(sql, await CompareAsync(test, sql, cancellationToken));
    }

    private async ValueTask<string> FixtureAsync(
        UnitTestNode test,
        RelationNode node,
        UnitTestRows rows,
        CancellationToken cancellationToken
    )
    {
        if (rows is not UnitTestTable table)
        {
            return FixtureSql.Of(run.Engine, rows, []);
        }

        var columns = await ColumnsAsync(node, cancellationToken);
        var unknown = FixtureSql.Names(table).Where(name => !columns.Any(column => column.IsCalled(name))).ToList();
        return unknown.Count == 0
            ? FixtureSql.Of(run.Engine, rows, columns)
            : throw ModelingDiagnostics
                .BadFixture.At(
                    test.Location,
                    node.Name,
                    string.Join(", ", unknown),
                    string.Join(", ", columns.Select(column => column.Name))
                )
                .ToException();
    }

    private async ValueTask<IReadOnlyList<RelationColumn>> ColumnsAsync(
        RelationNode node,
        CancellationToken cancellationToken
    )
    {
        if (node is ModelNode { IsEphemeral: true })
        {
            var compiled = await Task.Run(() => compiler.Compile(node), cancellationToken);
            return await publication.Connection.DescribeAsync(run.Engine, compiled.Sql, cancellationToken);
        }

        // The fixture of a relation that is read from another environment has the columns that it has there.
        var quoted =
            run.Scope.Replaced.GetValueOrDefault(node.UniqueId)
            ?? run.Engine.Quote(publication.Places.Of(node.Relation));
        return RelationColumn.Read(
            await publication.Connection.QueryAsync(run.Engine.FindColumns(quoted), cancellationToken)
        );
    }

    private async ValueTask<IReadOnlyList<string>> CompareAsync(
        UnitTestNode test,
        string sql,
        CancellationToken cancellationToken
    )
    {
        var given = await publication.Connection.DescribeAsync(run.Engine, sql, cancellationToken);
        IReadOnlyList<string> names = test.Expect switch
        {
            UnitTestTable { Rows.Count: > 0 } table => FixtureSql.Names(table),
            UnitTestQuery query =>
            [
                .. (await publication.Connection.DescribeAsync(run.Engine, query.Sql, cancellationToken)).Select(
                    column => column.Name
                ),
            ],
            _ => [.. given.Select(column => column.Name)],
        };
        var compared = new List<RelationColumn>();
        foreach (var name in names)
        {
            compared.Add(
                given.FirstOrDefault(column => column.IsCalled(name))
                    ?? throw ModelingDiagnostics
                        .BadFixture.At(
                            test.Location,
                            "expect",
                            name,
                            string.Join(", ", given.Select(column => column.Name))
                        )
                        .ToException()
            );
        }

        var expected = FixtureSql.Of(run.Engine, test.Expect, compared);
        return RowDifferences.Of(
            compared,
            await RowsAsync(compared, sql, cancellationToken),
            await RowsAsync(compared, expected, cancellationToken)
        );
    }

    private async ValueTask<IReadOnlyList<IReadOnlyList<string?>>> RowsAsync(
        IReadOnlyList<RelationColumn> columns,
        string sql,
        CancellationToken cancellationToken
    )
    {
        // Cast twice: what is expected has the type of what is given, and both print alike.
        var texts = string.Join(
            ", ",
            columns.Select(column => $"CAST(CAST({run.Engine.Quote(column.Name)} AS {column.Type}) AS varchar)")
        );
        var table = await publication.Connection.QueryAsync(
            $"SELECT {texts} FROM (\n{sql}\n) AS compared",
            cancellationToken
        );
        return Rows(table);
    }

    private static List<IReadOnlyList<string?>> Rows(ResultTable table)
    {
        var rows = new List<IReadOnlyList<string?>>();
        foreach (var batch in table.Batches)
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                rows.Add([.. batch.Columns.Select(column => (string?)column.Value(row))]);
            }
        }

        return rows;
    }
}

/// <summary>What a unit test found.</summary>
/// <param name="Sql">The model's SQL with the fixtures.</param>
/// <param name="Differences">For people, one a line; empty if there are none.</param>
internal sealed record UnitTestFinding(string Sql, IReadOnlyList<string> Differences);
