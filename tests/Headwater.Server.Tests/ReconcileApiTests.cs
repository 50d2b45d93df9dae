using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using static Headwater.Server.Tests.ApiAnswers;

namespace Headwater.Server.Tests;

public sealed class ReconcileApiTests(SalesServer server) : IClassFixture<SalesServer>
{
    private static readonly Uri Address = new("/api/v1/reconcile", UriKind.Relative);

    private static object Sheet(string name, string text) =>
        new
        {
            left = new { metric = "won_revenue" },
            right = new
            {
                file = new { name, content = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) },
                key = "Deal",
                value = "Amount",
            },
        };

    private static string Cells(params (string Key, string Value)[] rows) =>
        string.Concat(
            rows.Select(
                (row, index) =>
                    $"<row r=\"{index + 1}\"><c r=\"A{index + 1}\" t=\"inlineStr\"><is><t>{row.Key}</t></is></c>"
                    + (
                        index == 0
                            ? $"<c r=\"B1\" t=\"inlineStr\"><is><t>{row.Value}</t></is></c></row>"
                            : $"<c r=\"B{index + 1}\"><v>{row.Value}</v></c></row>"
                    )
            )
        );

    private static object Workbook(string rows, string texts = "")
    {
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string package = "http://schemas.openxmlformats.org/package/2006/relationships";
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            );
            Put(
                "_rels/.rels",
                $"<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            );
            Put(
                "xl/workbook.xml",
                $"<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"January\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            );
            Put(
                "xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{office}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            );
            Put("xl/sharedStrings.xml", $"<sst xmlns=\"{main}\">{texts}</sst>");
            Put("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>");

            void Put(string name, string text)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return new
        {
            left = new { metric = "won_revenue" },
            right = new
            {
                file = new { name = "finance.xlsx", content = Convert.ToBase64String(file.ToArray()) },
                key = "Deal",
                value = "Amount",
            },
        };
    }

    private static decimal Number(JsonElement element) =>
        decimal.Parse(element.GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("admin")]
    [InlineData("ann")]
    public async Task Two_metrics_are_split_into_causes_that_add_up(string user)
    {
        using var client = await server.SignedInAsync(user);
        using var answer = await ReadAsync(
            await client.PostAsJsonAsync(
                Address,
                new
                {
                    left = new { metric = "won_opportunities" },
                    right = new { metric = "opportunities" },
                    from = "2016-03-01",
                    to = "2016-12-31",
                    group_by = (string[])["sales_agent__regional_office"],
                }
            )
        );
        var root = answer.RootElement;
        Assert.Equal(
            Number(root.GetProperty("gap")),
            root.GetProperty("causes").EnumerateArray().Sum(cause => Number(cause.GetProperty("amount")))
        );
        Assert.Equal(
            Number(root.GetProperty("left_total")) - Number(root.GetProperty("right_total")),
            Number(root.GetProperty("gap"))
        );
        Assert.Equal(user == "ann" ? 1 : 3, root.GetProperty("groups").GetArrayLength());
        Assert.Contains(
            "filter",
            root.GetProperty("causes").EnumerateArray().Select(cause => cause.GetProperty("cause").GetString())
        );
    }

    [Fact]
    public async Task The_rows_of_a_cause_come_page_by_page()
    {
        using var client = await server.SignedInAsync();
        var keys = new HashSet<string?>();
        string? cursor = null;
        do
        {
            using var page = await ReadAsync(
                await client.PostAsJsonAsync(
                    Address,
                    new
                    {
                        left = new { metric = "won_opportunities" },
                        right = new { metric = "opportunities" },
                        cause = "filter:left:1",
                        page_size = 500,
                        cursor,
                    }
                )
            );
            foreach (var row in page.RootElement.GetProperty("rows").EnumerateArray())
            {
                Assert.True(keys.Add(row.GetProperty("key")[0].GetString()));
            }

            cursor = page.RootElement.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        } while (cursor is not null);

        // Of five opportunities two are won.
        Assert.Equal(1800, keys.Count);
    }

    [Fact]
    public async Task A_spreadsheet_is_compared_with_a_metric()
    {
        using var client = await server.SignedInAsync();
        using var answer = await ReadAsync(
            await client.PostAsJsonAsync(Address, Sheet("finance.csv", "Deal;Amount\nO0;5000\nX1;1.25\n;3\n"))
        );
        var causes = answer.RootElement.GetProperty("causes").EnumerateArray().ToList();

        Assert.Equal(
            ["no_key", "only_one_side", "only_one_side", "value"],
            causes.Select(cause => cause.GetProperty("cause").GetString())
        );
        Assert.Equal("-1.25", causes[2].GetProperty("amount").GetString());
        Assert.Equal("5004.25", answer.RootElement.GetProperty("right_total").GetString());
    }

    [Fact]
    public async Task A_workbook_is_compared_with_a_metric()
    {
        using var client = await server.SignedInAsync();
        using var answer = await ReadAsync(
            await client.PostAsJsonAsync(Address, Workbook(Cells(("Deal", "Amount"), ("O0", "5000"), ("X1", "1.25"))))
        );
        Assert.Equal("5001.25", answer.RootElement.GetProperty("right_total").GetString());
        Assert.Equal(
            ["only_one_side", "only_one_side", "value"],
            answer
                .RootElement.GetProperty("causes")
                .EnumerateArray()
                .Select(cause => cause.GetProperty("cause").GetString())
        );
    }

    // What compresses a thousandfold takes little to send: texts that are held whole, rows without end, one text that every cell names.
    [Theory]
    [InlineData("texts")]
    [InlineData("rows")]
    [InlineData("again")]
    public async Task A_workbook_that_unpacks_to_more_than_is_read_is_refused(string kind)
    {
        using var client = await server.SignedInAsync();
        var text = $"<si><t>{new string('a', kind == "texts" ? 70_000_000 : 1_000_000)}</t></si>";
        var sheet = kind switch
        {
            "rows" => new string(' ', 270_000_000),
            "again" => string.Concat(
                Enumerable
                    .Range(1, 1_000)
                    .Select(row =>
                        $"<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c><c r=\"B{row}\"><v>1</v></c></row>"
                    )
            ),
            _ => Cells(("Deal", "Amount"), ("O0", "1")),
        };
        using var answer = await client.PostAsJsonAsync(Address, Workbook(sheet, text));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("HW3032", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("finance.csv", "Deal,Sum\nO0,5\n", "HW3031", "Sum")]
    [InlineData("finance.csv", "Deal,Amount\nO0,five\n", "HW5503", "five")]
    [InlineData("finance.exe", "MZ", "HW3030", "csv")]
    [InlineData("../../etc/finance.xlsx", "PK\u0003\u0004 no zip", "HW3004", "xlsx")]
    [InlineData("finance.csv", "", "HW3004", "empty")]
    public async Task A_file_that_cannot_be_read_is_refused_with_a_reason(
        string name,
        string text,
        string code,
        string told
    )
    {
        using var client = await server.SignedInAsync();
        using var answer = await client.PostAsJsonAsync(Address, Sheet(name, text));
        var problem = Unescaped(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(code, problem, StringComparison.Ordinal);
        Assert.Contains(told, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"left": {"metric": "won_revenue"}, "right": {}}""")]
    [InlineData("""{"left": {"metric": "won_revenue"}, "right": {"metric": "opportunities", "sql": "select 1"}}""")]
    [InlineData("""{"left": {"metric": "won_revenue"}, "right": {"sql": "select 1"}}""")]
    [InlineData(
        """{"left": {"metric": "won_revenue"}, "right": {"file": {"name": "a.csv", "content": "###"}, "key": "a", "value": "b"}}"""
    )]
    public async Task A_body_that_says_no_two_numbers_is_refused(string body)
    {
        using var client = await server.SignedInAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(Address, content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_problem_offers_candidates_as_data()
    {
        using var client = await server.SignedInAsync();
        using var answer = await client.PostAsJsonAsync(
            new Uri("/api/v1/query", UriKind.Relative),
            new { metrics = (string[])["won_revenu"], limit = 0 }
        );
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var errors = problem.RootElement.GetProperty("errors").EnumerateArray().ToList();

        Assert.Equal(["HW4110", "HW4101"], errors.Select(error => error.GetProperty("code").GetString()));
        Assert.Equal("won_revenue", errors[1].GetProperty("candidates")[0].GetString());
        Assert.Equal("did you mean 'won_revenue'?", errors[1].GetProperty("hint").GetString());
    }
}
