namespace Headwater.Sources.Tests;

/// <summary>Tests of landing that hold for every warehouse: they land in DuckDB, and those derived from them elsewhere.</summary>
public abstract class LandingTests
{
    private protected async Task<LandingFolder> NewFolderAsync(LandingLimits? limits = null)
    {
        var folder = new LandingFolder(root: null, NewWarehouse()) { Limits = limits ?? LandingLimits.Default };
        await folder.OpenAsync();
        return folder;
    }

    private protected virtual LandingWarehouse NewWarehouse() => new DuckDbLandingWarehouse();
}
