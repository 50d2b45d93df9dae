using Headwater.Kernel.Diagnostics;
using Headwater.Sql.Dialects;

namespace Headwater.Sql.Resolution;

/// <summary>
/// Binds the names of a query to columns outside it, clause by clause in the order in which the engines see them, and carries along where each value
/// comes from. One clause a file.
/// </summary>
internal sealed partial class NameResolver
{
    private readonly ISchemaLookup _schemas;
    private readonly NameRules _names;
    private readonly List<NameError> _errors = [];
    private RowFilters _filters = new();
    private int _quiet;
    private long _work;

    private NameResolver(ISchemaLookup schemas, SqlDialect dialect)
    {
        _schemas = schemas;
        _names = new NameRules(dialect);
    }

    /// <summary>Binds a query. All names that cannot be bound are reported together; nothing is thrown for them.</summary>
    public static ResolvedQuery Resolve(Query query, ISchemaLookup schemas, SqlDialect dialect)
    {
        var resolver = new NameResolver(schemas, dialect);
        var shape = resolver.Resolve(query, null, null);
        return new ResolvedQuery(
            shape.Columns,
            shape.Filters,
            shape.Open is not null,
            [.. resolver._errors.Distinct()]
        );
    }

    // Stars of stars double, and so do recursions within recursions; a budget keeps them from taking the process with them.
    private bool IsTooLarge(SqlNode node, int work)
    {
        const long most = 200_000;
        var before = _work;
        _work += work;
        if (before <= most && _work > most)
        {
            _errors.Add(new NameError(SqlDiagnostics.TooLarge.With(), node.Position.Value));
        }

        return _work > most;
    }

    private void Report(SqlNode node, DiagnosticDescriptor descriptor, params object?[] arguments)
    {
        if (_quiet == 0)
        {
            _errors.Add(new NameError(descriptor.With(arguments), node.Position.Value));
        }
    }
}
