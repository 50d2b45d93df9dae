using System.Security.Cryptography;

namespace Headwater.Platform.Settings;

/// <summary>The key under which masked values are hashed: made once for a home folder, so that a value looks the same tomorrow.</summary>
internal static class MaskKeys
{
    private const string Name = "mask_key";
    private const int Digits = 64;

    public static async Task<string> GetAsync(SettingStore settings, CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(Name, cancellationToken) is { } key)
        {
            return key;
        }

        key = RandomNumberGenerator.GetHexString(Digits, lowercase: true);
        await settings.SetAsync(Name, key, cancellationToken);
        return key;
    }
}
