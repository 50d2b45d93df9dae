namespace Headwater.Sources.Tests.Robustness;

/// <summary>
/// Records of large files are counted while the engine reads them, trusting that it can. What comes of it is what comes of counting them first, whatever
/// the file holds.
/// </summary>
public sealed class CountedBesideTests
{
    private const string All = "files: 'a.*', load: append";

    public static TheoryData<string, string> Files { get; } =
        new()
        {
            { "a.csv", "id,x\n1,a\n2,b\n" },
            { "a.csv", "id,x\r\n1,a\r\n2,b\n3,c\r\n" },
            { "a.csv", "id,x\r1,a\r2,b\r" },
            { "a.csv", "id,x\n1,a\n2\n3,c,d\n4,\"open\n" },
            { "a.csv", $"id,x\n1,a\n2,{new string('x', 3_000_000)}\n3,c\n" },
            { "a.csv", $"id,x\n1,a\n2,{new string('x', 17_000_000)}\n3,c\n" },
            {
                "a.csv",
                "id,x\n" + string.Concat(Enumerable.Range(0, 25_000).Select(i => $"{i},a\n")) + "no number,b\n"
            },
            { "a.csv", "" },
            { "a.ndjson", "{\"id\": 1}\nno json\n{\"id\": 3}\n" },
            { "a.ndjson", $"{{\"id\": 1}}\n{{\"id\": 2, \"x\": \"{new string('x', 17_000_000)}\"}}\n{{\"id\": 3}}\n" },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Lands_what_counting_first_lands(string name, string text)
    {
        var beside = await LandAsync(name, text, countedFirstBytes: 0);
        var first = await LandAsync(name, text, countedFirstBytes: long.MaxValue);
        Assert.Equal(first, beside);
    }

    private static async Task<Outcome> LandAsync(string name, string text, long countedFirstBytes)
    {
        await using var folder = new LandingFolder
        {
            Limits = LandingLimits.Default with { CountedFirstBytes = countedFirstBytes },
        };
        folder.Write(name, text);
        var report = await folder.LandAsync(All);
        return new Outcome(
            report.RowsRead,
            report.RowsLanded,
            string.Join(' ', report.Diagnostics.Select(diagnostic => diagnostic.Code)),
            report.RowsLanded == 0 ? "" : await folder.ValueAsync("SELECT max(id) FROM raw_s.t"),
            string.Join('\n', await folder.QuarantineAsync("line, left(original, 20)"))
        );
    }

    private sealed record Outcome(long Read, long Landed, string Codes, string? Largest, string Quarantine);
}
