namespace Headwater.Query.Tests.Invariants;

/// <summary>A generated model with its data: tables of facts around tables that they refer to, some of which refer to others.</summary>
internal sealed record Star(IReadOnlyList<FactTable> Facts, IReadOnlyList<ReferenceTable> References)
{
    public ReferenceTable Reference(string entity) => References.First(table => table.Entity == entity);

    /// <summary>What facts can be shown by: attributes of what they refer to, over any number of steps.</summary>
    public IEnumerable<Attribute> Attributes(FactTable fact) =>
        fact
            .Keys.SelectMany(entity => Along([entity]))
            .Append(new Attribute([], "metric_time", AttributeKind.Time))
            .Concat(fact.Labels.Select(label => new Attribute([fact.Entity], label, AttributeKind.Text)));

    private IEnumerable<Attribute> Along(IReadOnlyList<string> path)
    {
        var table = Reference(path[^1]);
        yield return new Attribute(path, null, AttributeKind.Key);
        foreach (var label in table.Labels)
        {
            yield return new Attribute(path, label, AttributeKind.Text);
        }

        foreach (var further in table.Keys.SelectMany(entity => Along([.. path, entity])))
        {
            yield return further;
        }
    }
}

/// <summary>A table that others refer to by its key.</summary>
/// <param name="Keys">The entities that it refers to.</param>
internal sealed record ReferenceTable(
    string Name,
    string Entity,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Keys,
    IReadOnlyList<ReferenceRow> Rows
);

internal sealed record ReferenceRow(int Id, IReadOnlyList<string?> Labels, IReadOnlyList<int?> Keys);

/// <summary>A table of what happened: an amount and a flag at a time.</summary>
internal sealed record FactTable(
    string Name,
    string Entity,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Keys,
    IReadOnlyList<FactRow> Rows
);

internal sealed record FactRow(
    int Id,
    IReadOnlyList<string?> Labels,
    IReadOnlyList<int?> Keys,
    DateOnly? Day,
    bool? Flag,
    decimal? Amount
);

internal enum AttributeKind
{
    Text,
    Key,
    Time,
}

/// <summary>Something that facts can be shown and filtered by.</summary>
/// <param name="Path">The entities that lead to it.</param>
/// <param name="Label">The column; null for the last entity itself.</param>
/// <param name="Kind">The kind of its values.</param>
internal sealed record Attribute(IReadOnlyList<string> Path, string? Label, AttributeKind Kind)
{
    /// <summary>The grain, for a time.</summary>
    public string? Grain { get; init; }

    public string Name => string.Join("__", Path.Concat([Label, Grain]).OfType<string>());
}
