using Headwater.Platform.Catalog;

namespace Headwater.Platform.Settings;

/// <summary>What is set while the product runs, by name. Safe for several threads.</summary>
public sealed class SettingStore
{
    private readonly CatalogStore _catalog;
    private readonly TimeProvider _time;

    internal SettingStore(CatalogStore catalog, TimeProvider time)
    {
        _catalog = catalog;
        _time = time;
    }

    public Task<string?> FindAsync(string name, CancellationToken cancellationToken) =>
        _catalog.ReadAsync(
            session =>
                session.Read("select value from settings where name = $1", row => row.Text(0), name).FirstOrDefault(),
            cancellationToken
        );

    public Task SetAsync(string name, string value, CancellationToken cancellationToken) =>
        _catalog.WriteAsync(
            session =>
                session.Execute(
                    """
                    insert into settings (name, value, changed_at) values ($1, $2, $3)
                    on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at
                    """,
                    name,
                    value,
                    _time.GetUtcNow()
                ),
            cancellationToken
        );
}
