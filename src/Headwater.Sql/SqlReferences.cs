namespace Headwater.Sql;

/// <summary>The relations and functions that a query mentions, for comparing with what an engine's own parser says.</summary>
/// <param name="Relations">Tables and views by name as written, CTEs in scope left out, in order of first mention.</param>
/// <param name="Functions">Functions by name in lower case; calls with a syntax of their own (CAST, EXTRACT, operators) are not among them.</param>
public sealed record SqlReferences(IReadOnlyList<QualifiedName> Relations, IReadOnlyList<string> Functions)
{
    /// <summary>Walks the tree once. Names of CTEs are compared without case, as one of a different case could not be told apart by a reader either.</summary>
    public static SqlReferences Of(Query query)
    {
        var found = new Walk();
        found.Visit(query, []);
        return new SqlReferences([.. found.Relations.Distinct()], [.. found.Functions.Distinct()]);
    }

    private sealed class Walk
    {
        public List<QualifiedName> Relations { get; } = [];

        public List<string> Functions { get; } = [];

        public void Visit(SqlNode node, HashSet<string> tables)
        {
            switch (node)
            {
                case Query { With: { } with } query:
                    tables = new HashSet<string>(tables, StringComparer.OrdinalIgnoreCase);
                    foreach (var table in with.Tables)
                    {
                        // Without RECURSIVE a name may hide a table that its own query reads.
                        if (with.Recursive)
                        {
                            tables.Add(table.Name.Text);
                        }

                        Visit(table.Query, tables);
                        tables.Add(table.Name.Text);
                    }

                    Children(query with { With = null }, tables);
                    return;
                case TableReference { Name: { Parts.Count: 1 } name } when tables.Contains(name.Name.Text):
                    return;
                case TableReference reference:
                    Relations.Add(reference.Name);
                    return;
                case FunctionCall call:
                    Functions.Add(call.Name.ToString().ToLowerInvariant());
                    break;
            }

            Children(node, tables);
        }

        private void Children(SqlNode node, HashSet<string> tables)
        {
            foreach (var child in node.ChildNodes())
            {
                if (child is not null)
                {
                    Visit(child, tables);
                }
            }
        }
    }
}
