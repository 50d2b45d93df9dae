using FsCheck;
using FsCheck.Fluent;

namespace Headwater.Sources.Tests.Robustness;

/// <summary>Rows read are rows landed and rows quarantined, for files that nobody thought of.</summary>
public class CountProperties : LandingTests
{
    // A record and whether a reader who knows the three columns can take it over.
    private static readonly Gen<(string Text, bool IsGood)> Record = Gen.Frequency(
        (6, Gen.Choose(-999, 999).Select(number => ($"{number},text,2024-01-31", true))),
        (2, Gen.Choose(0, 9).Select(number => ($"{number},\"a, \"\"b\"\"\nc\",2024-02-01", true))),
        (1, Gen.Constant((",,", true))),
        (1, Gen.Constant(("7,5\" pipe,2024-02-01", true))),
        (1, Gen.Elements("x", "1,a", "1,a,b,c", "1,\"a\" b,2024-01-01").Select(text => (text, false))),
        (
            1,
            Gen.Elements("1.5,a,2024-01-01", "word,a,2024-01-01", "1,a,2024-02-30", "1,a,1/2/3")
                .Select(text => (text, false))
        )
    );

    private static readonly Gen<(List<(string Text, bool IsGood)> Records, string End, int Blanks)> File =
        from records in Gen.ListOf(Record)
        from end in Gen.Elements("\n", "\r\n")
        from blanks in Gen.Choose(0, 2)
        select (records.ToList(), end, blanks);

    [Fact]
    public async Task Every_record_is_landed_or_quarantined()
    {
        await using var folder = await NewFolderAsync();
        foreach (var (records, end, blanks) in File.Sample(12, 60))
        {
            var lines = records
                .Select(record => record.Text.Replace("\n", end, StringComparison.Ordinal))
                .Prepend("n,name,day");
            folder.Write(
                "a.csv",
                string.Concat(lines.Select(line => line + end)) + string.Concat(Enumerable.Repeat(end, blanks))
            );
            var report = await folder.LandAsync(
                "files: '*.csv', load: replace, header: true, columns: {n: bigint, name: text, day: date}"
            );
            Assert.Empty(report.Diagnostics);
            if (report.Files > 0)
            {
                Assert.Equal(
                    (records.Count, records.Count(record => record.IsGood)),
                    ((int)report.RowsRead, (int)report.RowsLanded)
                );
                Assert.Equal(
                    $"{report.RowsLanded}|{(report.RowsLanded == 0 ? "∅" : report.RowsLanded)}|{report.RowsQuarantined}",
                    await folder.ValueAsync(
                        "SELECT count(*), max(_hw_row), (SELECT count(*) FROM raw_s._quarantine) FROM raw_s.t"
                    )
                );
            }
        }
    }
}
