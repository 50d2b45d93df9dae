using Headwater.Metrics.Tests.Specifications;

namespace Headwater.Metrics.Tests;

/// <summary>Every case of the folder, on every engine.</summary>
public sealed class SpecificationTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var file in Directory.EnumerateFiles(Specification.Folder, "*.yml").Order(StringComparer.Ordinal))
        {
            cases.Add("duckdb", Path.GetFileName(file));
            cases.Add("postgres", Path.GetFileName(file));
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_question_gives_the_rows_that_its_definition_says(string engine, string file)
    {
        var specification = Specification.Read(file);
        Assert.NotEmpty(specification.Questions);
        await using var run = await SpecificationRun.OpenAsync(specification, engine);
        foreach (var question in specification.Questions)
        {
            var found = await run.AskAsync(question);
            if (question.Refused is { } code)
            {
                Assert.Contains(found, item => item.StartsWith(code, StringComparison.Ordinal));
                Assert.Contains(found, item => item.Contains(question.Hint ?? "", StringComparison.Ordinal));
            }
            else
            {
                var expected = string.Join('\n', question.Rows);
                Assert.Equal($"{question}\n{expected}", $"{question}\n{string.Join('\n', found)}");
            }
        }
    }
}
