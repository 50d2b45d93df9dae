using System.Security.Cryptography;

namespace Headwater.Platform.Audit.Chain;

/// <summary>The key that signs heads of the chain: made at the first use, readable by the owner of the process alone.</summary>
internal static class HeadKey
{
    private const string FileName = "head-key.pem";

    public static ECDsa Open(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(path))
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key;
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(path, System.Text.Encoding.ASCII, options);
        file.Write(key.ExportPkcs8PrivateKeyPem());
        return key;
    }
}
