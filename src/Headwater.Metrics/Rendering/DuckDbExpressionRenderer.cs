using Headwater.Metrics.Time;
using Headwater.Sql.Dialects;

namespace Headwater.Metrics.Rendering;

internal sealed class DuckDbExpressionRenderer(SqlDialect dialect) : ExpressionRenderer(dialect)
{
    public override string AtEnd(string value, string time, bool last) =>
        $"{(last ? "last" : "first")}({value} ORDER BY {time})";

    public override string ApproximatePercentile(string value, string fraction) =>
        $"approx_quantile({value}, {fraction})";

    protected override string TruncateBelowSecond(string time, Grain grain) =>
        grain == Grain.Nanosecond ? time : $"date_trunc('{grain.Name()}', {time})";

    protected override string AsTimestamp(string time) => time;

    protected override string Part(string time, DatePart part) => $"date_part('{Field(part)}', {time})";
}
