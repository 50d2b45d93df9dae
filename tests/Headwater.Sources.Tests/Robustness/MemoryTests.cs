namespace Headwater.Sources.Tests.Robustness;

/// <summary>What landing takes of the process's memory, measured while nothing else runs in it.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    [Theory]
    [InlineData("a.csv", 1024)]
    [InlineData("a.ndjson", 256)]
    public async Task A_line_that_does_not_fit_into_memory_is_not_read_into_it(string name, int mebibytes)
    {
        await using var folder = new LandingFolder();
        await using (var file = File.Create(folder.PathOf(name)))
        {
            var isCsv = name.EndsWith(".csv", StringComparison.Ordinal);
            file.Write(isCsv ? "id,x\n1,a\n2,"u8 : "{\"id\": 1, \"x\": \"a\"}\n{\"id\": 2, \"x\": \""u8);
            var part = new byte[1 << 20];
            Array.Fill(part, (byte)'x');
            for (var written = 0; written < mebibytes; written++)
            {
                file.Write(part);
            }

            file.Write(isCsv ? "\n3,c\n"u8 : "\"}\n{\"id\": 3, \"x\": \"c\"}\n"u8);
        }

        await folder.OpenAsync();
        var before = GC.GetTotalAllocatedBytes();
        var report = await folder.LandAsync("files: 'a.*'");
        Assert.Empty(report.Diagnostics);
        Assert.Equal((3, 2, 1), (report.RowsRead, report.RowsLanded, report.RowsQuarantined));
        Assert.Equal(["1|a", "3|c"], await folder.LandedAsync());
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 200L << 20);
    }
}
