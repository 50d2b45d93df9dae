using Headwater.Platform.Catalog;

namespace Headwater.Platform.Passports;

/// <summary>When the definitions of metrics have changed, as builds published them. Safe for several threads.</summary>
public sealed class MetricHistory
{
    private readonly CatalogStore _catalog;
    private readonly TimeProvider _time;

    internal MetricHistory(CatalogStore catalog, TimeProvider time)
    {
        _catalog = catalog;
        _time = time;
    }

    /// <summary>Notes the versions that are published now. One that is the last known of its metric is no change.</summary>
    /// <param name="versions">By metric.</param>
    public Task NoteAsync(IReadOnlyDictionary<string, string> versions, CancellationToken cancellationToken) =>
        _catalog.WriteAsync(
            session =>
            {
                var known = Read(session);
                foreach (var (metric, version) in versions)
                {
                    if (known.GetValueOrDefault(metric)?.Version != version)
                    {
                        session.Execute(
                            "insert into metric_versions (metric, version, since) values ($1, $2, $3)",
                            metric,
                            version,
                            _time.GetUtcNow()
                        );
                    }
                }
            },
            cancellationToken
        );

    /// <summary>The last version of each metric that was ever published.</summary>
    public Task<Dictionary<string, PublishedMetricVersion>> LastAsync(CancellationToken cancellationToken) =>
        _catalog.ReadAsync(Read, cancellationToken);

    private static Dictionary<string, PublishedMetricVersion> Read(CatalogSession session)
    {
        var versions = new Dictionary<string, PublishedMetricVersion>(StringComparer.Ordinal);
        foreach (
            var (metric, version) in session.Read(
                "select metric, version, since from metric_versions order by since",
                row => (row.Text(0), new PublishedMetricVersion(row.Text(1), row.Time(2)))
            )
        )
        {
            versions[metric] = version;
        }

        return versions;
    }
}

/// <param name="Version">Differs when what the metric counts may differ.</param>
/// <param name="Since">When it was first published.</param>
public sealed record PublishedMetricVersion(string Version, DateTimeOffset Since);
