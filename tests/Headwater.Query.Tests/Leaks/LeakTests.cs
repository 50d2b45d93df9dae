using System.Globalization;

namespace Headwater.Query.Tests.Leaks;

/// <summary>Nothing leaks; and the hunt that says so would find it.</summary>
public sealed class LeakTests(ITestOutputHelper output)
{
    private const int Seed = 20261120;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Nothing_leaks()
    {
        var minutes = Environment.GetEnvironmentVariable("HEADWATER_FUZZ_MINUTES");
        var given = Environment.GetEnvironmentVariable("HEADWATER_FUZZ_SEED");
        var seed = given is null ? Seed : int.Parse(given, CultureInfo.InvariantCulture);
        var hunt = new LeakHunt(seed, _ => GateSeams.None);

        var leak = minutes is null
            ? await hunt.RunAsync(25, Longest)
            : await hunt.RunAsync(
                int.MaxValue,
                TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture))
            );

        output.WriteLine($"seed {seed}: {hunt.Count.Asked} questions, {hunt.Count.Answered} answered");
        Assert.True(leak is null, leak);
        // A gate that refuses everything would leak nothing either.
        Assert.True(hunt.Count.Answered > hunt.Count.Asked / 3, $"{hunt.Count}");
    }

    public static TheoryData<string> Defects => [.. PlantedDefects.All.Keys];

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task A_planted_defect_is_found(string defect)
    {
        var hunt = new LeakHunt(Seed, PlantedDefects.All[defect]);

        var leak = await hunt.RunAsync(40, Longest);

        output.WriteLine($"{hunt.Count.Asked} questions: {leak}");
        Assert.NotNull(leak);
    }
}
