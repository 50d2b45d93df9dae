namespace Headwater.Benchmarks.Engine;

/// <summary>A temporary folder, removed after use.</summary>
internal sealed class BenchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("headwater-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
