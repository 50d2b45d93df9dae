using FsCheck;
using FsCheck.Fluent;

namespace Headwater.Query.Tests.Invariants;

/// <summary>Stars and questions of every shape: no rows, values that are unknown, keys that lead nowhere, texts that would break SQL.</summary>
internal static class StarGenerator
{
    public static readonly string[] Grains = ["day", "week", "month", "quarter", "year"];

    private static readonly string?[] Texts = ["a", "b", "A", "", "O'Brien", "é%_", "null", null];

    private static readonly DateOnly FirstDay = new(2023, 12, 25);

    public static Gen<Star> Stars { get; } =
        from references in References(4)
        from facts in Facts(references, "sales", "visits")
        select new Star(facts, references);

    /// <summary>Metrics of one or two tables by what all of them can be shown by.</summary>
    public static Gen<StarQuestion> Questions(Star star) =>
        from facts in Subset(star.Facts, 1, 2)
        from measures in Subset([.. facts.SelectMany(fact => Measure.All.Select(measure => (fact, measure)))], 1, 3)
        let attributes = Common(star, [.. measures.Select(item => item.fact).Distinct()])
        from least in Gen.Elements(0, 1, 1, 2)
        from shown in Subset(attributes, least, 3)
        from grains in Gen.Elements(Grains).ListOf(3)
        from conditions in attributes.Count == 0 ? Gen.Constant<List<Condition>>([]) : Conditions(attributes)
        select new StarQuestion(
            measures,
            [
                .. shown.Select(
                    (attribute, index) =>
                        attribute.Kind == AttributeKind.Time ? attribute with { Grain = grains[index] } : attribute
                ),
            ],
            conditions
        );

    private static List<Attribute> Common(Star star, List<FactTable> facts) =>
        [
            .. star.Attributes(facts[0])
                .Where(attribute =>
                    facts.TrueForAll(fact => star.Attributes(fact).Any(other => other.Name == attribute.Name))
                ),
        ];

    private static Gen<List<Condition>> Conditions(List<Attribute> attributes) =>
        Gen.Elements(0, 0, 1, 2).SelectMany(count => Tree(attributes, 2).ListOf(count)).Select(list => list.ToList());

    private static Gen<Condition> Tree(List<Attribute> attributes, int depth)
    {
        var leaf = Gen.Elements<Attribute>(attributes).SelectMany(Leaf);
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Tree(attributes, depth - 1);
        return Gen.Frequency(
            (4, leaf),
            (1, inner.Select(Condition (item) => new Not(item))),
            (1, inner.Two().Select(Condition (pair) => new And(pair.Item1, pair.Item2))),
            (1, inner.Two().Select(Condition (pair) => new Or(pair.Item1, pair.Item2)))
        );
    }

    private static Gen<Condition> Leaf(Attribute attribute) =>
        attribute.Kind switch
        {
            AttributeKind.Time => Days.Select(Condition (day) => new IsSince(attribute, day)),
            AttributeKind.Key => Gen.Choose(0, 6)
                .NonEmptyListOf()
                .Select(Condition (list) => new IsOneOf(attribute, [.. list.Take(3).Cast<object>()])),
            _ => Gen.OneOf(
                Gen.Constant<Condition>(new IsUnknown(attribute)),
                Gen.Elements(Texts.OfType<string>())
                    .NonEmptyListOf()
                    .Select(Condition (list) => new IsOneOf(attribute, [.. list.Take(3)]))
            ),
        };

    private static Gen<DateOnly> Days => Gen.Choose(0, 420).Select(FirstDay.AddDays);

    private static Gen<List<ReferenceTable>> References(int most) =>
        Gen.Choose(1, most)
            .SelectMany(count =>
                Enumerable
                    .Range(0, count)
                    .Aggregate(
                        Gen.Constant<List<ReferenceTable>>([]),
                        (made, index) =>
                            from before in made
                            from table in Reference(index, before)
                            select (List<ReferenceTable>)[.. before, table]
                    )
            );

    // Each table is referred to by one other at most, so that there is one way to it.
    private static Gen<ReferenceTable> Reference(int index, List<ReferenceTable> before)
    {
        var free = before.Where(table => !before.Exists(other => other.Keys.Contains(table.Entity)));
        return from keys in Subset([.. free.Select(table => table.Entity)], 0, 1)
            from labels in Subset(["kind", "select", "region_name"], 0, 3)
            from count in Gen.Choose(0, 5)
            from rows in Gen.CollectToList(
                Enumerable.Range(1, count),
                id =>
                    from texts in Gen.Elements(Texts).ListOf(labels.Count)
                    from references in Key.ListOf(keys.Count)
                    select new ReferenceRow(id, [.. texts], [.. references])
            )
            select new ReferenceTable($"reference{index}", $"thing{index}", labels, keys, [.. rows]);
    }

    private static Gen<List<FactTable>> Facts(List<ReferenceTable> references, params string[] names)
    {
        List<string> free =
        [
            .. references
                .Select(table => table.Entity)
                .Where(entity => !references.Exists(table => table.Keys.Contains(entity))),
        ];
        return Gen.CollectToList(
                names,
                name =>
                    from keys in Subset(free, Math.Min(1, free.Count), free.Count)
                    from labels in Subset(["status", "order"], 0, 2)
                    from count in Gen.Elements(0, 1, 60, 60, 150, 150)
                    from rows in Gen.CollectToList(Enumerable.Range(1, count), id => Row(id, labels.Count, keys.Count))
                    select new FactTable(name, name + "_row", labels, keys, [.. rows])
            )
            .Select(list => list.ToList());
    }

    private static Gen<FactRow> Row(int id, int labels, int keys) =>
        from texts in Gen.Elements(Texts).ListOf(labels)
        from references in Key.ListOf(keys)
        from day in Days.OrNull()
        from flag in Gen.Elements(true, false).OrNull()
        from amount in Gen.Choose(-5000, 5000).Select(cents => cents / 100m).OrNull()
        select new FactRow(id, [.. texts], [.. references], day, flag, amount);

    // Some lead to no row.
    private static Gen<int?> Key => Gen.Choose(1, 7).OrNull();

    private static Gen<T?> OrNull<T>(this Gen<T> values)
        where T : struct => Gen.Frequency((6, values.Select(value => (T?)value)), (1, Gen.Constant<T?>(null)));

    private static Gen<List<T>> Subset<T>(IReadOnlyList<T> all, int least, int most) =>
        Gen.Choose(Math.Min(least, all.Count), Math.Min(most, all.Count))
            .SelectMany(count => Gen.Shuffle(all.ToArray()).Select(items => items.Take(count).ToList()));
}
