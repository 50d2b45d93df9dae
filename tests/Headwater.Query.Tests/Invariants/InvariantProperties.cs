using FsCheck;
using FsCheck.Fluent;

namespace Headwater.Query.Tests.Invariants;

/// <summary>What holds of every answer, whatever the model, the data and the question are.</summary>
public sealed class InvariantProperties
{
    private const int MostRows = 10_000;

    private static readonly Gen<(Star Star, IReadOnlyList<StarQuestion> Questions)> Cases =
        from star in StarGenerator.Stars
        from questions in StarGenerator.Questions(star).ListOf(15)
        select (star, (IReadOnlyList<StarQuestion>)[.. questions]);

    [Theory]
    [InlineData(false, 25)]
    [InlineData(true, 8)]
    public void An_answer_is_what_one_works_out_by_hand(bool onPostgres, int cases)
    {
        var (telling, all) = (0, 0);
        ForAll(
            onPostgres,
            cases,
            async (shop, star, question) =>
            {
                var expected = new NaiveAnswer(star)
                    .Of(question)
                    .Select(group => Line(group.Key, group.Value.Select(value => (object?)value)));

                var answer = await AskAsync(shop, question);

                Assert.Equal(expected.Order(StringComparer.Ordinal), answer.Lines.Order(StringComparer.Ordinal));
                all++;
                telling += answer.Lines.Count > 1 ? 1 : 0;
            }
        );

        // Else the property says little. The cases are the same each time, so that this holds each time.
        Assert.True(telling > all / 5, $"{telling} of {all} answers had several rows");
    }

    [Theory]
    [InlineData(false, 12)]
    [InlineData(true, 4)]
    public void A_total_is_the_sum_of_its_parts(bool onPostgres, int cases) =>
        ForAll(
            onPostgres,
            cases,
            async (shop, _, question) =>
            {
                var additive = question with { Metrics = [.. question.Metrics.Where(item => item.Measure.IsAdditive)] };
                if (additive.Metrics.Count == 0)
                {
                    return;
                }

                var parts = await AskAsync(shop, additive);
                var total = await AskAsync(shop, additive with { Shown = [] });

                for (var metric = 0; metric < additive.Metrics.Count; metric++)
                {
                    Assert.Equal(
                        total.Numbers.Sum(row => row[metric] ?? 0),
                        parts.Numbers.Sum(row => row[metric] ?? 0)
                    );
                }
            }
        );

    [Theory]
    [InlineData(false, 12)]
    [InlineData(true, 4)]
    public void A_filter_never_adds_rows(bool onPostgres, int cases) =>
        ForAll(
            onPostgres,
            cases,
            async (shop, _, question) =>
            {
                var counted = question with
                {
                    Metrics = [.. question.Metrics.Select(item => (item.Fact, Measure.All[2])).Distinct()],
                };
                var wide = await AskAsync(shop, counted with { Conditions = [] });
                var narrow = await AskAsync(shop, counted);

                var before = wide.Groups.Zip(wide.Numbers).ToDictionary(pair => pair.First, pair => pair.Second);
                foreach (var (group, numbers) in narrow.Groups.Zip(narrow.Numbers))
                {
                    Assert.True(before.TryGetValue(group, out var all), $"{group} came with the condition");
                    Assert.All(numbers.Zip(all), pair => Assert.True((pair.First ?? 0) <= (pair.Second ?? 0), group));
                }
            }
        );

    [Theory]
    [InlineData(false, 12)]
    [InlineData(true, 4)]
    public void No_join_fans_out(bool onPostgres, int cases) =>
        ForAll(
            onPostgres,
            cases,
            async (shop, _, question) =>
            {
                var fact = question.Metrics[0].Fact;
                var counted = question with { Metrics = [(fact, Measure.All[2])], Conditions = [] };

                var answer = await AskAsync(shop, counted);

                Assert.Equal(fact.Rows.Count, answer.Numbers.Sum(row => row[0] ?? 0));
            }
        );

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 4)]
    public void The_rows_behind_a_number_give_the_number(bool onPostgres, int cases) =>
        ForAll(
            onPostgres,
            cases,
            async (shop, _, question) =>
            {
                var single = question with { Metrics = [question.Metrics[0]] };
                var (fact, measure) = single.Metrics[0];
                var answer = (await shop.AskAsync(new MetricQuestion(single.Request), ShopProject.Administrator))
                    .Answer
                    .Table;
                for (long row = 0; row < Math.Min(answer.RowCount, 3); row++)
                {
                    var drill = new RowsQuestion(
                        measure.Of(fact),
                        [
                            .. single.Request.Where,
                            .. single.Shown.Select((shown, column) => Coordinate(shown, answer.Value(row, column))),
                        ],
                        MostRows
                    );

                    var rows = (await shop.AskAsync(drill, ShopProject.Administrator)).Answer.Table;

                    var column = rows.IndexOf(measure.Of(fact));
                    var values = Enumerable.Range(0, (int)rows.RowCount).Select(at => rows.Value(at, column));
                    Assert.Equal(
                        Cells.Text(answer.Value(row, single.Shown.Count)),
                        Cells.Text(measure.Work([.. values.Select(value => AsRow(measure, value))]))
                    );
                }
            }
        );

    // What the measure works on, put back where it came from.
    private static FactRow AsRow(Measure measure, object? value) =>
        new(
            0,
            [],
            [],
            null,
            measure.Column == "flag" && value is not null ? Cells.Number(value) != 0 : null,
            measure.Column == "amount" && value is not null ? Cells.Number(value) : null
        );

    private static string Coordinate(Attribute shown, object? value) =>
        value is null
            ? $"{shown.Name} is null"
            : $"{shown.Name} = {StarSql.Literal(value is DateTime time ? DateOnly.FromDateTime(time) : value)}";

    private static void ForAll(bool onPostgres, int cases, Func<ShopProject, Star, StarQuestion, Task> holds) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(2026, 11),
            Prop.ForAll(
                Cases.ToArbitrary(),
                async item =>
                {
                    var (star, questions) = item;
                    await using var shop = await ShopProject.OpenOtherAsync(
                        StarYaml.Of(star),
                        StarSql.Of(star),
                        [.. star.References.Select(table => table.Name), .. star.Facts.Select(table => table.Name)],
                        onPostgres
                    );
                    foreach (var question in questions)
                    {
                        try
                        {
                            await holds(shop, star, question);
                        }
                        catch (Exception failure)
                        {
                            throw new InvalidOperationException(
                                $"{failure.Message}\n{question}\n{StarYaml.Of(star)}\n{StarSql.Of(star)}",
                                failure
                            );
                        }
                    }
                }
            )
        );

    private static async Task<AnswerCells> AskAsync(ShopProject shop, StarQuestion question) =>
        new(
            (await shop.AskAsync(new MetricQuestion(question.Request), ShopProject.Administrator)).Answer.Table,
            question.Shown.Count
        );

    private static string Line(string group, IEnumerable<object?> numbers) => $"{group} : {Cells.Text(numbers)}";

    /// <summary>An answer, what it is shown by apart from its numbers.</summary>
    private sealed class AnswerCells
    {
        public AnswerCells(Warehouse.Results.ResultTable table, int shown)
        {
            for (long row = 0; row < table.RowCount; row++)
            {
                var values = Enumerable
                    .Range(0, table.Columns.Count)
                    .Select(column => table.Value(row, column))
                    .ToList();
                Groups.Add(Cells.Text(values.Take(shown)));
                Numbers.Add([
                    .. values.Skip(shown).Select(value => value is null ? (decimal?)null : Cells.Number(value)),
                ]);
                Lines.Add(Line(Groups[^1], values.Skip(shown)));
            }
        }

        public List<string> Groups { get; } = [];

        public List<decimal?[]> Numbers { get; } = [];

        public List<string> Lines { get; } = [];
    }
}
