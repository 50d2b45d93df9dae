using Headwater.Sql.Lineage;

namespace Headwater.Sql.Resolution;

internal sealed partial class NameResolver
{
    private const int MaxRounds = 50;
    private const int WorkOfRound = 50;

    private CommonTables Resolve(CommonTable table, bool recursive, QueryScope? outer, CommonTables? tables)
    {
        var name = _names.Kept(table.Name);
        var union = table.Query.Body as SetOperation;
        if (!recursive || union is null || table.Query.With is not null || !Mentions(union.Right, name))
        {
            return new CommonTables(name, Renamed(Resolve(table.Query, outer, tables), table.Columns), tables);
        }

        var around = _filters;
        _filters = new RowFilters();
        // The first side gives the columns; the second may add to what they come from, until nothing is added any more.
        var shape = Renamed(Resolve(union.Left, outer, tables, out _), table.Columns);
        for (var round = 0; round < MaxRounds && !IsTooLarge(table, WorkOfRound); round++)
        {
            _quiet += round == 0 ? 0 : 1;
            var step = Resolve(union.Right, outer, new CommonTables(name, shape, tables), out _);
            _quiet -= round == 0 ? 0 : 1;
            var next = Renamed(Combine(union, shape, step), table.Columns);
            var stable = next.Columns.Zip(shape.Columns).All(pair => pair.First.Sources.Same(pair.Second.Sources));
            shape = next;
            if (stable)
            {
                break;
            }
        }

        shape = WithSearch(table, shape) with { Filters = _filters };
        _filters = around;
        return new CommonTables(name, shape, tables);
    }

    // What SEARCH and CYCLE add is made of the columns that they name.
    private Shape WithSearch(CommonTable table, Shape shape)
    {
        var columns = shape.Columns.ToList();
        if (table.Search is { } search)
        {
            columns.Add(new OutputColumn(_names.Kept(search.Column), Made(search.By)));
        }

        if (table.Cycle is { } cycle)
        {
            columns.Add(new OutputColumn(_names.Kept(cycle.Mark), Made(cycle.Columns).As(InputKind.Condition)));
            columns.Add(new OutputColumn(_names.Kept(cycle.Path), Made(cycle.Columns)));
        }

        return shape with
        {
            Columns = columns,
        };

        ColumnSources Made(IEnumerable<Identifier> names) =>
            names
                .Select(item => Named(shape, _names.Kept(item))?.Sources ?? ColumnSources.Unknown)
                .Aggregate(ColumnSources.None, (sources, own) => sources.With(own))
                .As(InputKind.Transformed);
    }

    private bool Mentions(SqlNode node, string name) =>
        node is TableReference { Name: { Parts.Count: 1 } found }
            ? _names.Same(_names.Kept(found.Name), name)
            : node.ChildNodes().Any(child => child is not null && Mentions(child, name));

    private Shape Renamed(Shape shape, NodeList<Identifier> names) =>
        names.Count == 0
            ? shape
            : shape with
            {
                Columns =
                [
                    .. shape.Columns.Select(
                        (column, index) =>
                            index < names.Count ? column with { Name = _names.Kept(names[index]) } : column
                    ),
                    // Names for columns that a star of unknown width gives: which they are cannot be told.
                    .. names
                        .Skip(shape.Columns.Count)
                        .Select(item => new OutputColumn(_names.Kept(item), ColumnSources.Unknown)),
                ],
            };
}
