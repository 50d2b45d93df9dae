using System.Security.Cryptography;
using Headwater.Platform.Settings;

namespace Headwater.Platform.Workspaces;

/// <summary>The key that signs cursors: kept in the catalog, so that a walk goes on after a restart, and at another node.</summary>
internal static class CursorKey
{
    private const string Name = "cursor_key";

    public static async Task<byte[]> FindAsync(SettingStore settings, CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(Name, cancellationToken) is { } known)
        {
            return Convert.FromHexString(known);
        }

        var key = RandomNumberGenerator.GetBytes(32);
        await settings.SetAsync(Name, Convert.ToHexString(key), cancellationToken);
        return key;
    }
}
