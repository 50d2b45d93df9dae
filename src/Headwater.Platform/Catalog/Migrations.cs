using System.Globalization;
using System.Reflection;

namespace Headwater.Platform.Catalog;

/// <summary>The steps that bring a catalog's tables up to date: numbered scripts, each run once, never changed after a release.</summary>
internal static class Migrations
{
    private const string Prefix = "Migrations/";

    private static readonly (long Number, string Name, string Script)[] All = ReadAll();

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW7002: the catalog is ahead of this program.</exception>
    public static void Apply(CatalogSession session, DateTimeOffset now)
    {
        session.Script(
            "create table if not exists migrations (number bigint primary key, name text not null, applied_at timestamptz not null)"
        );
        var applied = session.Read("select coalesce(max(number), 0) from migrations", row => row.Number(0))[0];
        var newest = All[^1].Number;
        if (applied > newest)
        {
            throw PlatformDiagnostics.CatalogNewer.With(applied, newest).ToException();
        }

        foreach (var (number, name, script) in All)
        {
            if (number > applied)
            {
                session.Script(script);
                session.Execute("insert into migrations values ($1, $2, $3)", number, name, now);
            }
        }
    }

    private static (long, string, string)[] ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(resource =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                    var name = Path.GetFileNameWithoutExtension(resource[Prefix.Length..]);
                    return (long.Parse(name[..4], CultureInfo.InvariantCulture), name[5..], reader.ReadToEnd());
                }),
        ];
    }
}
