using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Jinja.Tests;

/// <summary>Runs the cases of <c>Cases/</c>. Their expectations are what Jinja 3.1 gives, unless a title says otherwise.</summary>
public sealed class TemplateCaseTests
{
    private static readonly JinjaEnvironment Environment = new();

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Cases");

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var path in Directory.EnumerateFiles(Folder, "*.case").Order(StringComparer.Ordinal))
        {
            foreach (var item in TemplateCase.ReadAll(path))
            {
                data.Add(Path.GetFileName(path), item.Title);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Template_gives_what_its_case_expects(string file, string title)
    {
        var item = TemplateCase.ReadAll(Path.Combine(Folder, file)).Single(candidate => candidate.Title == title);
        if (item.ErrorCode is null)
        {
            Assert.Equal(item.Expected, Render(item));
            return;
        }

        var failure = Assert.Throws<DiagnosticException>(() => Render(item));
        Assert.Equal(item.ErrorCode, failure.Diagnostic.Code);
        Assert.Equal(item.ErrorLine, failure.Diagnostic.Location?.Line);
        Assert.Contains(item.Expected, failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_case_has_a_title_of_its_own()
    {
        Assert.NotEmpty(Cases());
        Assert.Equal(Cases().Count, Cases().Select(row => row.Data).Distinct().Count());
    }

    private static string Render(TemplateCase item)
    {
        var names = new DictNames((JinjaDict)Json.Read(item.Context)!);
        var session = new JinjaSession(Environment, new SessionOptions(), CancellationToken.None);
        return session.Render(Environment.Parse(item.Template, "case.sql"), names);
    }
}
