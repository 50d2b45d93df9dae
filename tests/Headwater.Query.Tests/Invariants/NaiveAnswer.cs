namespace Headwater.Query.Tests.Invariants;

/// <summary>
/// The answer as one would work it out by hand: look up what each row refers to, leave out what does not meet the conditions, put
/// together what looks alike, and work out each group. No SQL and no code of the planner.
/// </summary>
internal sealed class NaiveAnswer(Star star)
{
    /// <summary>Groups as text, with one value for each metric.</summary>
    public Dictionary<string, decimal?[]> Of(StarQuestion question)
    {
        var answer = new Dictionary<string, decimal?[]>(StringComparer.Ordinal);
        for (var index = 0; index < question.Metrics.Count; index++)
        {
            var (fact, measure) = question.Metrics[index];
            foreach (var (group, rows) in Groups(fact, question))
            {
                if (!answer.TryGetValue(group, out var values))
                {
                    answer[group] = values = new decimal?[question.Metrics.Count];
                }

                values[index] = measure.Work(rows);
            }
        }

        return answer;
    }

    private Dictionary<string, List<FactRow>> Groups(FactTable fact, StarQuestion question)
    {
        var kept = fact.Rows.Where(row =>
            question.Conditions.All(condition => condition.Holds(attribute => Value(fact, row, attribute)) is true)
        );
        var groups = kept.GroupBy(row => Cells.Text(question.Shown.Select(attribute => Value(fact, row, attribute))))
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        if (question.Shown.Count == 0)
        {
            groups.TryAdd("", []);
        }

        return groups;
    }

    private object? Value(FactTable fact, FactRow row, Attribute attribute)
    {
        if (attribute.Kind == AttributeKind.Time)
        {
            return row.Day is { } day ? Start(day, attribute.Grain ?? "day") : null;
        }

        if (attribute.Path is [var own] && own == fact.Entity)
        {
            return row.Labels[At(fact.Labels, attribute.Label!)];
        }

        var key = row.Keys[At(fact.Keys, attribute.Path[0])];
        var table = star.Reference(attribute.Path[0]);
        foreach (var entity in attribute.Path.Skip(1))
        {
            key = Row(table, key)?.Keys[At(table.Keys, entity)];
            table = star.Reference(entity);
        }

        return attribute.Label is null ? key : Row(table, key)?.Labels[At(table.Labels, attribute.Label)];
    }

    private static ReferenceRow? Row(ReferenceTable table, int? key) => table.Rows.FirstOrDefault(row => row.Id == key);

    private static int At(IReadOnlyList<string> names, string name) => names.ToList().IndexOf(name);

    private static DateOnly Start(DateOnly day, string grain) =>
        grain switch
        {
            "day" => day,
            "week" => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            "month" => new DateOnly(day.Year, day.Month, 1),
            "quarter" => new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
            _ => new DateOnly(day.Year, 1, 1),
        };
}
