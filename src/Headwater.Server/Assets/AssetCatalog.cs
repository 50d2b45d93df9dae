using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Headwater.Server.Assets;

/// <summary>The bundled scripts and styles, from the assembly, under names that carry a hash of their content. Immutable.</summary>
internal sealed class AssetCatalog
{
    private const string Prefix = "assets/";
    private const string Manifest = "assets.json";
    private const string Brotli = ".br";

    private readonly FrozenDictionary<string, Asset> _assets;
    private readonly FrozenDictionary<string, string> _addresses;

    private AssetCatalog(FrozenDictionary<string, Asset> assets, FrozenDictionary<string, string> addresses)
    {
        _assets = assets;
        _addresses = addresses;
    }

    public static AssetCatalog Bundled { get; } = Read(Assembly.GetExecutingAssembly());

    /// <summary>The address of an asset by its plain name, such as <c>style.css</c>.</summary>
    public string this[string name] => _addresses[name];

    public Asset? Find(string fileName) => _assets.GetValueOrDefault(fileName);

    private static AssetCatalog Read(Assembly assembly)
    {
        var names = assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..], name => name, StringComparer.Ordinal);
        var manifest = JsonSerializer.Deserialize<Dictionary<string, string>>(Bytes(assembly, names[Manifest]))!;
        var assets = names
            .Keys.Where(name => name != Manifest && !name.EndsWith(Brotli, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => name,
                name => new Asset(
                    Bytes(assembly, names[name]),
                    names.TryGetValue(name + Brotli, out var packed) ? Bytes(assembly, packed) : null,
                    MediaType(name)
                ),
                StringComparer.Ordinal
            );
        return new AssetCatalog(
            assets,
            manifest.ToFrozenDictionary(pair => pair.Key, pair => "/assets/" + pair.Value, StringComparer.Ordinal)
        );
    }

    private static byte[] Bytes(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string MediaType(string name) =>
        Path.GetExtension(name) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
}

/// <summary>One bundled file.</summary>
/// <param name="Brotli">The same, compressed when it was built; null for small ones.</param>
internal sealed record Asset(byte[] Content, byte[]? Brotli, string MediaType);
