using System.Diagnostics;
using System.Globalization;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Freshness;

/// <summary>Asks source tables for the time at which their newest row was loaded, and holds it against what their properties demand.</summary>
internal sealed class FreshnessCheck(IWarehouse warehouse, TimeProvider clock)
{
    /// <summary>One table. A failing query is a result.</summary>
    public async ValueTask<FreshnessResult> RunAsync(
        IWarehouseConnection connection,
        SourceNode source,
        CancellationToken cancellationToken
    )
    {
        var start = Stopwatch.GetTimestamp();
        var now = clock.GetUtcNow();
        try
        {
            var table = await connection.QueryAsync(QueryOf(source), cancellationToken);
            var loaded = table.RowCount == 0 ? null : Instant(table.Value(0, 0));
            return new FreshnessResult(
                source,
                Judge(source.Freshness!, loaded, now),
                loaded,
                now,
                Stopwatch.GetElapsedTime(start),
                null
            );
        }
        catch (WarehouseException failure)
        {
            return new FreshnessResult(
                source,
                FreshnessStatus.Error,
                null,
                now,
                Stopwatch.GetElapsedTime(start),
                failure.Message
            );
        }
    }

    private string QueryOf(SourceNode source)
    {
        if (source.LoadedAtQuery is { Length: > 0 } query)
        {
            return query;
        }

        var engine = WarehouseEngine.Of(warehouse.Dialect);
        var filter = source.Freshness?.Filter is { Length: > 0 } condition ? $" WHERE {condition}" : "";
        return $"SELECT max({source.LoadedAtField}) FROM {engine.Quote(source.Relation)}{filter}";
    }

    private static FreshnessStatus Judge(SourceFreshness limits, DateTimeOffset? loaded, DateTimeOffset now)
    {
        // Nothing is as old as what was never loaded.
        var age = loaded is { } at ? now - at : TimeSpan.MaxValue;
        return limits.ErrorAfter is { } error && age > error.Age ? FreshnessStatus.TooOld
            : limits.WarnAfter is { } warn && age > warn.Age ? FreshnessStatus.Warned
            : FreshnessStatus.Fresh;
    }

    // A time without zone is UTC, as dbt reads it.
    private static DateTimeOffset? Instant(object? value) =>
        value switch
        {
            null => null,
            DateTimeOffset instant => instant,
            DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            DateOnly date => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)),
            _ => DateTimeOffset.TryParse(
                Convert.ToString(value, CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var parsed
            )
                ? parsed
                : null,
        };
}
