namespace Headwater.Simulator.Tests;

/// <summary>A simulation's files in a temporary folder, removed after use.</summary>
internal sealed class SimulatedFolder : IDisposable
{
    public SimulatedFolder(long opportunities, ulong seed = 1, int days = 1_095)
    {
        Path = Directory.CreateTempSubdirectory("headwater-simulated-").FullName;
        new CrmSimulation(opportunities, new DateOnly(2025, 12, 31), days, seed).Write(
            Path,
            progress: null,
            TestContext.Current.CancellationToken
        );
    }

    public string Path { get; }

    /// <summary>Records of a file without the header. No field of the simulation holds a comma or a quote.</summary>
    public IReadOnlyList<string[]> Records(string name) =>
        [.. File.ReadLines(System.IO.Path.Combine(Path, name)).Skip(1).Select(line => line.Split(','))];

    public IReadOnlyDictionary<string, string> Contents() =>
        Directory
            .EnumerateFiles(Path)
            .ToDictionary(file => System.IO.Path.GetFileName(file)!, File.ReadAllText, StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
