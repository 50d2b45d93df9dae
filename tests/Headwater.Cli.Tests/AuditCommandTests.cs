using System.Text.Json;

namespace Headwater.Cli.Tests;

public sealed class AuditCommandTests
{
    [Fact]
    public async Task What_was_asked_is_shown_to_be_whole_and_changed_files_are_found()
    {
        using var session = new CommandLineSession();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\n");
        session.Write("models/sales.sql", "select 1 as sale_id");
        Assert.Equal(0, (await session.RunAsync("build")).Exit);
        Assert.Equal(0, (await session.RunAsync("sql", "select * from sales")).Exit);

        var head = await session.RunAsync("audit", "head");
        var whole = await session.RunAsync("audit", "verify");

        Assert.StartsWith("whole: 1 records, up to ", whole.Out, StringComparison.Ordinal);
        session.Write("head.json", head.Out);
        var file = Path.Combine(session.Folder, "head.json");
        Assert.Equal(0, (await session.RunAsync("audit", "verify", "--head", file)).Exit);

        session.Write("forged.json", head.Out.Replace("\"sequence\": 1", "\"sequence\": 2", StringComparison.Ordinal));
        var forged = await session.RunAsync("audit", "verify", "--head", Path.Combine(session.Folder, "forged.json"));
        Assert.Contains("HW9104", forged.Error, StringComparison.Ordinal);
        var other = await session.RunAsync("audit", "verify", "--head", file, "--key", "another");
        Assert.Contains("HW9104", other.Error, StringComparison.Ordinal);

        var segment = Directory
            .GetFiles(session.Folder, "*.ndjson", SearchOption.AllDirectories)
            .Single(path =>
                path.Contains(
                    $"{Path.DirectorySeparatorChar}audit{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            );
        var text = await File.ReadAllTextAsync(segment);
        await File.WriteAllTextAsync(segment, text.Replace("operator", "somebody", StringComparison.Ordinal));
        var changed = await session.RunAsync("audit", "verify", "--output", "json");
        Assert.Equal(1, changed.Exit);
        using var report = JsonDocument.Parse(changed.Out);
        Assert.False(report.RootElement.GetProperty("whole").GetBoolean());
        Assert.Equal("changed", report.RootElement.GetProperty("flaws")[0].GetProperty("kind").GetString());
    }
}
