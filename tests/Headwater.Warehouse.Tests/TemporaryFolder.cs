namespace Headwater.Warehouse.Tests;

/// <summary>A folder of its own for one test, removed after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("headwater-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
