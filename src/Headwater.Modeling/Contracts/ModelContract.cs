using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Contracts;

/// <summary>
/// What a model promises to its readers: the names and types of its columns, held against its query before anything is made, and
/// constraints, which the engine enforces from then on.
/// </summary>
internal sealed class ModelContract
{
    private readonly MaterializationJob _job;
    private readonly IReadOnlyList<string> _definitions;

    private ModelContract(MaterializationJob job, IReadOnlyList<string> definitions)
    {
        _job = job;
        _definitions = definitions;
    }

    /// <summary>Holds the columns of the query against those declared.</summary>
    /// <exception cref="DiagnosticException">HW2141: they differ; HW2142: a column declares no type.</exception>
    public static async ValueTask<ModelContract> CheckAsync(
        MaterializationJob job,
        ModelNode model,
        CancellationToken cancellationToken
    )
    {
        foreach (var column in model.Columns.Where(column => column.DataType is null))
        {
            throw ModelingDiagnostics
                .ContractWithoutType.At(model.Location.OrStart(), model.Name, column.Name)
                .ToException();
        }

        var query = await job.DescribeAsync(job.Sql, cancellationToken);
        var declared = await DeclaredTypesAsync(job, model, cancellationToken);
        var differences = Differences(job, model, query, declared).ToList();
        if (differences.Count > 0)
        {
            throw ModelingDiagnostics
                .ContractBroken.At(model.Location.OrStart(), model.Name, string.Join("; ", differences))
                .ToException();
        }

        return new ModelContract(job, [.. Definitions(job, model)]);
    }

    /// <summary>The statements that make the table and fill it.</summary>
    public IEnumerable<string> Statements(string quoted, TableOptions options)
    {
        yield return _job.Engine.CreateTable(quoted, _definitions, options);
        if (!options.Empty)
        {
            var columns = _job.Node.Columns.Select(column => column.Name).ToList();
            yield return _job.Engine.Insert(
                quoted,
                columns,
                $"SELECT {_job.Engine.Columns(columns)} FROM (\n{_job.Sql}\n) AS contracted"
            );
        }
    }

    private static async ValueTask<IReadOnlyList<string>> DeclaredTypesAsync(
        MaterializationJob job,
        ModelNode model,
        CancellationToken cancellationToken
    )
    {
        var types = model.Columns.Select(column => column.DataType!).ToList();
        if (types.Count == 0)
        {
            return [];
        }

        var table = await job.Connection.QueryAsync(job.Engine.DescribeTypes(types), cancellationToken);
        return [.. Enumerable.Range(0, types.Count).Select(row => (string)table.Value(row, 0)!)];
    }

    private static IEnumerable<string> Differences(
        MaterializationJob job,
        ModelNode model,
        IReadOnlyList<RelationColumn> query,
        IReadOnlyList<string> declared
    )
    {
        for (var index = 0; index < model.Columns.Count; index++)
        {
            var name = model.Columns[index].Name;
            var found = query.FirstOrDefault(column => column.IsCalled(name));
            if (found is null)
            {
                yield return $"{name} is declared, but the query does not give it";
            }
            else if (Plain(job, found.Type) != Plain(job, declared[index]))
            {
                yield return $"{name} is declared as {declared[index]}, but the query gives {found.Type}";
            }
        }

        foreach (var extra in query.Where(column => !model.Columns.Any(declared => column.IsCalled(declared.Name))))
        {
            yield return $"{extra.Name} ({extra.Type}) is not declared";
        }
    }

    // Lengths and precisions are left to the engine, as dbt leaves them.
    private static string Plain(MaterializationJob job, string type) =>
        job.Engine.ContractType(type.Split('(')[0].Trim().ToUpperInvariant());

    private static IEnumerable<string> Definitions(MaterializationJob job, ModelNode model)
    {
        foreach (var column in model.Columns)
        {
            var constraints = column.Constraints.Select(constraint => Of(job, model, constraint, ofColumn: true));
            yield return $"{job.Engine.Quote(column.Name)} {column.DataType} {string.Join(' ', constraints)}".TrimEnd();
        }

        foreach (var constraint in model.Constraints)
        {
            yield return Of(job, model, constraint, ofColumn: false);
        }
    }

    private static string Of(MaterializationJob job, ModelNode model, NodeConstraint constraint, bool ofColumn)
    {
        var columns = ofColumn ? "" : $" ({job.Engine.Columns(constraint.Columns)})";
        var rest = constraint.Expression is { Length: > 0 } expression ? " " + expression : "";
        var text = constraint.Kind switch
        {
            ConstraintKind.NotNull => "NOT NULL" + rest,
            ConstraintKind.Unique => "UNIQUE" + columns + rest,
            ConstraintKind.PrimaryKey => "PRIMARY KEY" + columns + rest,
            ConstraintKind.Check => $"CHECK ({constraint.Expression})",
            ConstraintKind.ForeignKey when constraint.To is { } to =>
                $"{(ofColumn ? "" : "FOREIGN KEY" + columns)} REFERENCES {Rendered(job, model, to)} ({job.Engine.Columns(constraint.ToColumns)})",
            ConstraintKind.ForeignKey => $"{(ofColumn ? "" : "FOREIGN KEY" + columns)}{rest}",
            _ => constraint.Expression ?? "",
        };
        return constraint.Name is { Length: > 0 } name
            ? $"CONSTRAINT {job.Engine.Quote(name)} {text.TrimStart()}"
            : text.TrimStart();
    }

    private static string Rendered(MaterializationJob job, ModelNode model, string template) =>
        job.Compiler.RenderText("{{ " + template + " }}", model.Location, model);
}
