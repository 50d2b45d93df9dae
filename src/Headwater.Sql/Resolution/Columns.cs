namespace Headwater.Sql.Resolution;

internal sealed partial class NameResolver
{
    private ColumnSources Find(ColumnReference column, QueryScope scope)
    {
        var parts = column.Name.Parts;
        if (parts.Count == 1)
        {
            return FindUnqualified(column, parts[0], scope) ?? Missing(column);
        }

        // PostgreSQL takes fields only behind parentheses; in DuckDB what follows a column is a field.
        for (var length = parts.Count - 1; length >= (_names.IsDuckDb ? 1 : parts.Count - 1); length--)
        {
            if (FindRelation([.. parts.Take(length)], scope) is { } relation)
            {
                var name = _names.Kept(parts[length]);
                return Named(relation.Shape, name)?.Sources ?? Missing(column);
            }
        }

        if (_names.IsDuckDb && FindUnqualified(column, parts[0], scope) is { } whole)
        {
            return whole;
        }

        Report(column, SqlDiagnostics.UnknownQualifier, string.Join('.', parts.Take(parts.Count - 1)));
        return ColumnSources.Unknown;
    }

    private ColumnSources Missing(ColumnReference column)
    {
        Report(column, SqlDiagnostics.UnknownColumn, column.Name);
        return ColumnSources.Unknown;
    }

    private bool IsBound(ColumnReference column, QueryScope scope)
    {
        _quiet++;
        var found = FindUnqualified(column, column.Name.Name, scope);
        _quiet--;
        return found is not null;
    }

    private ColumnSources? FindUnqualified(ColumnReference column, Identifier identifier, QueryScope? scope)
    {
        var name = _names.Kept(identifier);
        for (; scope is not null; scope = scope.Outer)
        {
            if (FindHere(column, name, scope) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private ColumnSources? FindHere(ColumnReference column, string name, QueryScope scope)
    {
        if (scope.Parameters.Exists(parameter => _names.Same(parameter, name)))
        {
            return ColumnSources.None;
        }

        var alias = scope.Aliases.Find(item => _names.Same(item.Name, name));
        if (scope.AliasesFirst && alias is not null)
        {
            return alias.Sources;
        }

        var found = scope.Visible.FindAll(item => _names.Same(item.Name, name));
        if (found.Count > 1)
        {
            var relations = scope.Relations.Where(item =>
                item.Shape.Columns.Any(other => _names.Same(other.Name, name))
            );
            Report(
                column,
                SqlDiagnostics.AmbiguousColumn,
                name,
                string.Join(", ", relations.Select(item => string.Join('.', item.Names)))
            );
            return ColumnSources.Unknown;
        }

        if (found.Count == 1)
        {
            return found[0].Sources;
        }

        if (alias is not null)
        {
            return alias.Sources;
        }

        // A relation's name alone is its whole row.
        if (scope.Relations.Find(item => item.Names.Count > 0 && _names.Same(item.Names[^1], name)) is { } row)
        {
            return row.Shape.All();
        }

        return scope.Open.Count switch
        {
            0 => null,
            1 => scope.Open[0].Find(name),
            _ => ColumnSources.Unknown,
        };
    }

    private ScopeRelation? FindRelation(IReadOnlyList<Identifier> qualifier, QueryScope? scope)
    {
        var names = qualifier.Select(_names.Kept).ToList();
        for (; scope is not null; scope = scope.Outer)
        {
            var found = scope.Relations.Find(item => EndsWith(item.Names, names));
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private bool EndsWith(IReadOnlyList<string> names, List<string> wanted)
    {
        if (wanted.Count > names.Count)
        {
            return false;
        }

        for (var index = 1; index <= wanted.Count; index++)
        {
            if (!_names.Same(names[^index], wanted[^index]))
            {
                return false;
            }
        }

        return true;
    }
}
