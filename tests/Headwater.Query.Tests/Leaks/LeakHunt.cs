using System.Diagnostics;
using System.Globalization;
using System.Text;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;
using Headwater.Warehouse;
using Headwater.Warehouse.Results;

namespace Headwater.Query.Tests.Leaks;

/// <summary>
/// Asks generated questions as generated people of generated projects, and holds every answer against the same question of a world in which there is nothing but what the
/// person may see. An answer that differs, a refusal that depends on what is hidden, or a secret in any text is a leak.
/// </summary>
internal sealed class LeakHunt(int seed, Func<WarehouseHost, GateSeams> seams)
{
    private const string Key = "0123456789abcdef";
    private const int QuestionsEach = 12;

    /// <summary>Questions asked, and those of them that had an answer.</summary>
    public (int Asked, int Answered) Count { get; private set; }

    /// <summary>Hunts until something leaks, the time is over or all worlds are done.</summary>
    /// <returns>What leaked and how to see it again; null for nothing.</returns>
    public async Task<string?> RunAsync(int worlds, TimeSpan longest)
    {
        var clock = Stopwatch.StartNew();
        for (var index = 0; index < worlds && clock.Elapsed < longest; index++)
        {
            var worldSeed = unchecked((seed * 7919) + index);
            if (await RunWorldAsync(new Random(worldSeed)) is { } leak)
            {
                return $"seed {seed}, world {index}: {leak}";
            }
        }

        return null;
    }

    private async Task<string?> RunWorldAsync(Random random)
    {
        var world = SecretWorld.Generate(random);
        var access = SecretAccess.Generate(world, random);
        await using var shop = await OpenAsync(world, access, seams);
        // All people ask all questions in turn, so that one could be given another's answer.
        var questions = new List<(Question Question, string Text)>();
        var people = access
            .People.Select(person => (Person: person, World: new PermittedWorld(world, access, person, Key)))
            .ToList();
        foreach (var (_, permitted) in people)
        {
            questions.AddRange(Questions(world, permitted, random));
        }

        var oracles = new List<ShopProject>();
        try
        {
            foreach (var (_, permitted) in people)
            {
                oracles.Add(await OpenAsync(permitted.Seen, null, _ => GateSeams.None));
            }

            foreach (var (question, text) in questions)
            {
                foreach (var ((person, permitted), oracle) in people.Zip(oracles))
                {
                    if (await LeaksAsync(shop, oracle, person, permitted, question, text) is { } leak)
                    {
                        return $"{person.Id} ({string.Join(", ", person.Roles)}; {Attributes(person)}) asks {text}\n{leak}\n{access.Yaml()}";
                    }
                }
            }
        }
        finally
        {
            foreach (var oracle in oracles)
            {
                await oracle.DisposeAsync();
            }
        }

        return null;
    }

    private async Task<string?> LeaksAsync(
        ShopProject shop,
        ShopProject oracle,
        Principal person,
        PermittedWorld permitted,
        Question question,
        string text
    )
    {
        var real = await AskAsync(shop, question, person);
        Count = (Count.Asked + 1, Count.Answered + (real.Rows is null ? 0 : 1));
        var everything = real.Rows + real.Message;
        var forbidden = question is SqlQuestion ? permitted.ForbiddenInSql : permitted.Forbidden;
        if (forbidden.FirstOrDefault(secret => everything.Contains(secret, StringComparison.Ordinal)) is { } secret)
        {
            return $"'{secret}' is in the answer: {everything}";
        }

        // What a rule does not reach, or a mask takes from a rule, is less than the oracle shows, never more.
        var isUnreached = real.Code is "HW5107" or "HW4115";
        var isLess =
            question is not SqlQuestion && permitted.HasMaskedRules
            || question is DimensionValuesQuestion
            || (text.Contains("overview", StringComparison.Ordinal) && permitted.IsOverviewMasked);
        if (isUnreached || isLess)
        {
            return null;
        }

        var expected = await AskAsync(oracle, question, Principal.Operator);
        return real.Rows == expected.Rows && (real.Code is null) == (expected.Code is null)
            ? null
            : $"answered {real.Code}{real.Rows}\nnot      {expected.Code}{expected.Rows}";
    }

    private static async Task<(string? Rows, string? Code, string Message)> AskAsync(
        ShopProject shop,
        Question question,
        Principal person
    )
    {
        try
        {
            return (Text((await shop.AskAsync(question, person)).Answer.Table), null, "");
        }
        catch (DiagnosticException refused)
        {
            return (
                null,
                refused.Diagnostic.Code,
                string.Join(' ', refused.Diagnostics.Select(item => $"{item.Message} {item.Hint}"))
            );
        }
    }

    private static IEnumerable<(Question, string)> Questions(SecretWorld world, PermittedWorld permitted, Random random)
    {
        var columns = world
            .Tables.Where(permitted.IsVisible)
            .Select(table => new FuzzedTable(
                table.Name,
                [
                    .. permitted
                        .Seen.Table(table.Name)
                        .Columns.Select(column => new FuzzedColumn(column.Name, column.Type == "VARCHAR" ? 't' : 'x')),
                ]
            ))
            .ToList();
        if (permitted.IsOverviewVisible)
        {
            columns.Add(
                new FuzzedTable("overview", [new("id", 'x'), new("label", 'x'), new("note", 'x'), new("amount", 'x')])
            );
        }

        if (columns.Count > 0)
        {
            var fuzzer = new SqlFuzzer(random, columns);
            for (var index = 0; index < QuestionsEach; index++)
            {
                var sql = fuzzer.Query();
                yield return (new SqlQuestion(sql), sql);
            }
        }

        for (var index = 0; index < QuestionsEach; index++)
        {
            yield return Metric(world, random);
        }
    }

    private static (Question, string) Metric(SecretWorld world, Random random)
    {
        var fact = world.Table(random.Next(2) == 0 ? "f0" : "f1");
        var tables = Reached(world, fact.Name).Prepend(fact.Name).ToList();
        var metric = SecretTable.Measures(fact).ElementAt(random.Next(4));
        var dimension = $"{tables[random.Next(tables.Count)]}__{(random.Next(2) == 0 ? "note" : "label")}";
        IReadOnlyList<string> where =
            random.Next(3) == 0 ? [$"{tables[random.Next(tables.Count)]}__label in ('red', 'blue')"] : [];
        return random.Next(4) switch
        {
            0 => (new RowsQuestion(metric, where, 100), $"rows of {metric} where {string.Join(' ', where)}"),
            1 => (new DimensionValuesQuestion(dimension, [], null, 100), $"values of {dimension}"),
            _ => (
                new MetricQuestion(
                    new MetricRequest([metric], random.Next(4) == 0 ? [] : [dimension], where, [], null)
                ),
                $"{metric} by {dimension} where {string.Join(' ', where)}"
            ),
        };
    }

    private static IEnumerable<string> Reached(SecretWorld world, string table) =>
        world.Table(table).Keys.SelectMany(key => Reached(world, key).Prepend(key));

    private static Task<ShopProject> OpenAsync(
        SecretWorld world,
        SecretAccess? access,
        Func<WarehouseHost, GateSeams> seams
    ) =>
        ShopProject.OpenSecretAsync(
            world.Yaml(),
            world.Sql(),
            [.. world.Tables.Select(table => table.Name), "overview"],
            access?.Yaml(),
            access?.Classified ?? [],
            Key,
            seams
        );

    // Row by row in the order in which they came where it is settled; of rows behind a number none is.
    private static string Text(ResultTable table)
    {
        var rows = Enumerable
            .Range(0, (int)table.RowCount)
            .Select(row =>
                string.Join(
                    '|',
                    Enumerable.Range(0, table.Columns.Count).Select(column => Text(table.Value(row, column)))
                )
            );
        return new StringBuilder(string.Join(',', table.Columns.Select(column => column.Name)))
            .Append('\n')
            .AppendJoin('\n', rows.Order(StringComparer.Ordinal))
            .ToString();
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "-",
            decimal number => number.ToString("0.00", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };

    private static string Attributes(Principal person) =>
        string.Join("; ", person.Attributes.Select(item => $"{item.Key}={string.Join(",", item.Value)}"));
}
