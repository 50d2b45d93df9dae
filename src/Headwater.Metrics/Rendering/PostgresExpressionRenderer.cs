using Headwater.Metrics.Time;
using Headwater.Sql.Dialects;

namespace Headwater.Metrics.Rendering;

internal sealed class PostgresExpressionRenderer(SqlDialect dialect) : ExpressionRenderer(dialect)
{
    public override string AtEnd(string value, string time, bool last) =>
        $"(array_agg({value} ORDER BY {time}{(last ? " DESC" : "")}))[1]";

    // There is no approximation, so the exact value is given.
    public override string ApproximatePercentile(string value, string fraction) =>
        $"percentile_cont({fraction}) WITHIN GROUP (ORDER BY {value})";

    protected override string TruncateBelowSecond(string time, Grain grain) =>
        grain == Grain.Nanosecond ? time : $"date_trunc('{grain.Name()}s', {AsTimestamp(time)})";

    protected override string AsTimestamp(string time) => $"CAST({time} AS timestamp)";

    protected override string Part(string time, DatePart part) =>
        $"CAST(date_part('{Field(part)}', {AsTimestamp(time)}) AS integer)";
}
