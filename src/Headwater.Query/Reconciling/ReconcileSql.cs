using System.Globalization;
using System.Text;
using Headwater.Sql;
using Headwater.Sql.Dialects;

namespace Headwater.Query.Reconciling;

/// <summary>
/// Writes the comparison as one statement, so that both sides are of one state of the database: rows are added up by key on each side, the sides meet by full
/// outer join, and each key gets the first cause that applies. Costs two aggregations and a hash join.
/// </summary>
/// <param name="dialect">The engine's.</param>
/// <param name="left">The left side.</param>
/// <param name="right">The right side, its parameters numbered after those of the left.</param>
/// <param name="keys">How many key columns there are.</param>
/// <param name="groups">How many group columns there are.</param>
/// <param name="areCells">Whether keys are dimensions whose combinations are compared as wholes.</param>
internal sealed class ReconcileSql(SqlDialect dialect, SideSql left, SideSql right, int keys, int groups, bool areCells)
{
    /// <summary>Keys shown with each cause at once.</summary>
    public const int SampleRows = 5;

    // A dimension's empty value meets its like; no text of a user's is this one character for private use.
    private const string Empty = "\uE000";

    // Where rounding is looked for, half a unit has to have its digit.
    private bool MayRound => left.IsFloating || right.IsFloating || left.Scale != right.Scale;

    /// <summary>Digits behind the point of every amount.</summary>
    public int Scale => Math.Max(left.Scale, right.Scale) + (MayRound ? 1 : 0);

    private bool IsPostgres => dialect == PostgresDialect.Instance;

    public IReadOnlyList<object?> Parameters => [.. left.Parameters, .. right.Parameters];

    /// <summary>Causes with their sums, the first rows of each, and groups: <c>part</c> tells which.</summary>
    public SqlText Summary()
    {
        var text = Common()
            .Append("\nSELECT 'sum' AS part, kind, side, fno, ")
            .Append(Texts("sum(lv - rv)", "sum(lv)", "sum(rv)"))
            .Append(", count(*) AS n, CAST(sum(ln) AS bigint) AS ln, CAST(sum(rn) AS bigint) AS rn, ")
            .Append(NoRow)
            .Append(NoGroup)
            .Append("\nFROM m GROUP BY kind, side, fno\nUNION ALL\nSELECT 'row', kind, side, fno, ")
            .Append(Texts("lv - rv", "lv", "rv"))
            .Append(", place, CAST(ln AS bigint), CAST(rn AS bigint), ")
            .Append(Row)
            .Append(NoGroup)
            .Append("\nFROM (SELECT *, row_number() OVER (PARTITION BY kind, side, fno ORDER BY abs(lv - rv) DESC, ")
            .Append(Keys)
            .Append(") AS place FROM m WHERE kind <> 'equal') AS s WHERE place <= ")
            .Append(SampleRows);
        foreach (var (side, name) in (ReadOnlySpan<(SideSql, string)>)[(left, "l"), (right, "r")])
        {
            // What taking each number to the scale loses against the sum that the metric shows.
            if (side.IsFloating)
            {
                text.Append("\nUNION ALL\nSELECT 'float', '', '").Append(name).Append("', 0, ");
                text.Append(Texts($"{Rounded("coalesce(sum(x), 0)", Scale)} - coalesce(sum(w), {Zero})", "0", "0"));
                text.Append(", 0, 0, 0, ").Append(NoRow).Append(NoGroup);
                text.Append("\nFROM ").Append(name).Append("v WHERE counted");
            }
        }

        if (groups > 0)
        {
            AppendGroups(text);
        }

        return new SqlText(text.ToString(), Parameters);
    }

    /// <summary>The rows of one cause: <c>k0</c> …, then the values of a row. Keys tell rows apart.</summary>
    public SqlText Rows(string kind, string side, int filter)
    {
        var text = Common()
            .Append("\nSELECT ")
            .AppendJoin(", ", Range(keys).Select(index => $"k{index}"))
            .Append(", ")
            .Append(Texts("lv - rv", "lv", "rv"))
            .Append(", CAST(ln AS bigint) AS ln, CAST(rn AS bigint) AS rn, lat, rat, lc, rc")
            .Append("\nFROM m WHERE kind = ")
            .Append(dialect.Literal(kind))
            .Append(" AND side = ")
            .Append(dialect.Literal(side))
            .Append(CultureInfo.InvariantCulture, $" AND fno = {filter}");
        return new SqlText(text.ToString(), Parameters);
    }

    // Amounts by group and cause.
    private void AppendGroups(StringBuilder text)
    {
        var names = string.Join(", ", Range(groups).Select(index => $"g{index}"));
        var on = string.Join(" AND ", Range(keys).Select(index => $"u.k{index} = m.k{index}"));
        text.Append("\nUNION ALL\nSELECT 'group', kind, side, fno, ").Append(Texts("sum(a - b)", "sum(a)", "sum(b)"));
        text.Append(", 0, 0, 0, ").Append(NoRow).Append(", ").Append(names).Append("\nFROM (");
        // Rows without a key need no partner to be known for what they are.
        text.Append($"SELECT {names}, m.kind, m.side, m.fno, a, b FROM (")
            .Append(Signed(isKeyed: true))
            .Append($") AS u JOIN m ON {on}\nUNION ALL\nSELECT {names}, 'no_key', side, 0, a, b FROM (")
            .Append(Signed(isKeyed: false))
            .Append(") AS n) AS c\nGROUP BY ")
            .Append(names)
            .Append(", kind, side, fno");
    }

    private string Keys => string.Join(", ", Range(keys).Select(index => $"k{index}"));

    private string Row => string.Join(", ", Range(keys).Select(index => $"k{index}")) + ", lat, rat, lc, rc";

    private string NoRow => string.Join(", ", Enumerable.Repeat(dialect.AsText("NULL"), keys + 4));

    private string NoGroup => string.Concat(Enumerable.Repeat(", " + dialect.AsText("NULL"), groups));

    private string Texts(string difference, string leftValue, string rightValue) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{dialect.AsText($"({difference})")} AS difference, {dialect.AsText($"({leftValue})")} AS lv, {dialect.AsText($"({rightValue})")} AS rv"
        );

    private string Signed(bool isKeyed)
    {
        var columns = string.Join(", ", Range(keys).Select(index => $"k{index}"));
        var names = string.Join(", ", Range(groups).Select(index => $"g{index}"));
        var which = isKeyed ? "counted AND keyed" : "counted AND NOT keyed";
        return $"SELECT {columns}, {names}, 'l' AS side, w AS a, {Zero} AS b FROM lv WHERE {which} UNION ALL SELECT {columns}, {names}, 'r', {Zero}, w FROM rv WHERE {which}";
    }

    private string Zero => Decimal("0");

    private StringBuilder Common()
    {
        var text = new StringBuilder("WITH l AS (")
            .Append(left.Text)
            .Append("\n), r AS (")
            .Append(right.Text)
            .Append("\n)");
        AppendSide(text, left, "l");
        AppendSide(text, right, "r");
        var on = string.Join(" AND ", Range(keys).Select(index => $"lk.k{index} = rk.k{index}"));
        text.Append(",\nm AS ").Append("MATERIALIZED (SELECT ");
        text.AppendJoin(", ", Range(keys).Select(index => $"coalesce(lk.k{index}, rk.k{index}) AS k{index}"));
        text.Append($", {Kind} AS kind, {Side} AS side, {Filter} AS fno");
        text.Append(
            $", coalesce(lk.v, {Zero}) AS lv, coalesce(rk.v, {Zero}) AS rv, coalesce(lk.n, 0) AS ln, coalesce(rk.n, 0) AS rn, lk.d AS lat, rk.d AS rat, lk.c0 AS lc, rk.c0 AS rc"
        );
        text.Append($"\nFROM lk FULL JOIN rk ON {on} WHERE coalesce(lk.n, 0) + coalesce(rk.n, 0) > 0");
        foreach (var (name, isLeft) in (ReadOnlySpan<(string, bool)>)[("l", true), ("r", false)])
        {
            // An empty value is none of the distinct ones.
            if ((isLeft ? left : right).IsDistinct)
            {
                continue;
            }

            text.Append("\nUNION ALL SELECT ")
                .AppendJoin(", ", Range(keys).Select(_ => dialect.AsText("NULL")))
                .Append($", 'no_key', '{name}', 0, ")
                .Append(isLeft ? $"sum(w), {Zero}, count(*), 0" : $"{Zero}, sum(w), 0, count(*)")
                .Append(isLeft ? $", min(d), {Null}, min(c), {Null}" : $", {Null}, min(d), {Null}, min(c)")
                .Append($" FROM {name}v WHERE counted AND NOT keyed HAVING count(*) > 0");
        }

        return text.Append(')');
    }

    private string Null => dialect.AsText("NULL");

    private void AppendSide(StringBuilder text, SideSql side, string name)
    {
        var keyed = areCells
            ? "true"
            : string.Join(" AND ", Range(keys).Select(index => $"{Key(index, side)} IS NOT NULL"));
        text.Append(CultureInfo.InvariantCulture, $",\n{name}v AS (SELECT ");
        text.AppendJoin(", ", Range(keys).Select(index => $"{Key(index, side)} AS k{index}"));
        text.Append($", {keyed} AS keyed, f, t, {dialect.AsText("d")} AS d, c, (f = 0 AND t) AS counted");
        text.Append($", coalesce({Taken(side)}, {Zero}) AS w");
        if (side.IsFloating)
        {
            text.Append(", CAST(v AS double precision) AS x");
        }

        text.Append(string.Concat(Range(groups).Select(index => $", {dialect.AsText($"g{index}")} AS g{index}")));
        text.Append($" FROM {name}),\n{name}k AS (SELECT {Keys}, count(*) AS n_all");
        text.Append(
            side.IsDistinct
                ? ", least(count(*) FILTER (WHERE counted), 1) AS n"
                : ", count(*) FILTER (WHERE counted) AS n"
        );
        text.Append(
            $", coalesce({(side.IsDistinct ? "max" : "sum")}(w) FILTER (WHERE counted), {Zero}) AS v, min(f) FILTER (WHERE f > 0) AS f"
        );
        text.Append(", min(d) AS d, min(c) FILTER (WHERE counted) AS c0, max(c) FILTER (WHERE counted) AS c1");
        if (groups > 0)
        {
            var all = string.Join(
                " || chr(31) || ",
                Range(groups).Select(index => $"coalesce(g{index}, {dialect.Literal(Empty)})")
            );
            var lacks = string.Join(" OR ", Range(groups).Select(index => $"g{index} IS NULL"));
            text.Append($", min({all}) FILTER (WHERE counted) AS g0, max({all}) FILTER (WHERE counted) AS g1");
            text.Append($", coalesce(bool_or({lacks}) FILTER (WHERE counted), false) AS lacks");
        }

        text.Append($" FROM {name}v WHERE keyed GROUP BY {Keys})");
    }

    private string Key(int index, SideSql side) =>
        areCells ? $"coalesce({dialect.AsText($"k{index}")}, {dialect.Literal(Empty)})"
        : left.NumberKeys[index] && right.NumberKeys[index] && side.FractionKeys[index]
            ? NumberKey(dialect.AsText($"k{index}"))
        // A text that is empty is no key.
        : side.HasTextKeys ? $"nullif({dialect.AsText($"k{index}")}, '')"
        : dialect.AsText($"k{index}");

    // 1.00 of a decimal is 1 of an integer.
    private static string NumberKey(string text) =>
        $"CASE WHEN strpos({text}, '.') > 0 AND strpos({text}, 'e') = 0 THEN rtrim(rtrim({text}, '0'), '.') ELSE {text} END";

    private string Taken(SideSql side) => side.IsFloating ? Rounded("v", side.Scale) : Decimal("v");

    private string Rounded(string value, int scale) =>
        IsPostgres
            ? string.Create(CultureInfo.InvariantCulture, $"round(CAST({value} AS numeric), {scale})")
            : Decimal(string.Create(CultureInfo.InvariantCulture, $"CAST({value} AS DECIMAL(38, {scale}))"));

    private string Decimal(string value) =>
        IsPostgres
            ? $"CAST({value} AS numeric)"
            : string.Create(CultureInfo.InvariantCulture, $"CAST({value} AS DECIMAL(38, {Scale}))");

    private string RightLacks => Lacks("rk", "lk");

    private string LeftLacks => Lacks("lk", "rk");

    // Of a cell a part of the rows is always left out somewhere: only what is left out as a whole is known to be.
    private string Lacks(string one, string other)
    {
        var partly = areCells ? "" : $" OR ({other}.n > {one}.n AND lk.v <> rk.v)";
        return $"({other}.n > 0 AND {one}.n_all > {one}.n AND ({one}.n = 0{partly}))";
    }

    private static string WhyLeftOut(string name, SideSql side) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"CASE WHEN {name}.f IS NULL THEN 'date' WHEN {name}.f > {side.Filters.Count} THEN 'join' ELSE 'filter' END"
        );

    // Above the number of filters stand those for which a join found nothing.
    private static string FilterOf(string name, SideSql side) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"CASE WHEN {name}.f > {side.Filters.Count} THEN {name}.f - {side.Filters.Count} ELSE coalesce({name}.f, 0) END"
        );

    private string Kind
    {
        get
        {
            var text = new StringBuilder("CASE WHEN lk.n_all IS NULL OR rk.n_all IS NULL THEN 'one_side'");
            text.Append($" WHEN {RightLacks} THEN {WhyLeftOut("rk", right)}");
            text.Append($" WHEN {LeftLacks} THEN {WhyLeftOut("lk", left)}");
            var differ = "lk.v <> rk.v";
            if (groups > 0)
            {
                const string grouped = "(lk.g0 <> rk.g0 OR lk.g1 <> rk.g1)";
                differ = $"(lk.v <> rk.v OR {grouped})";
                text.Append($" WHEN {grouped} AND lk.lacks <> rk.lacks THEN 'join'");
            }

            text.Append($" WHEN NOT {differ} THEN 'equal'");
            text.Append(" WHEN lk.v <> rk.v AND (lk.c0 <> rk.c0 OR lk.c1 <> rk.c1) THEN 'currency'");
            if (!areCells)
            {
                text.Append(" WHEN lk.v <> rk.v AND lk.n <> rk.n THEN 'join'");
            }

            if (groups > 0)
            {
                text.Append(" WHEN lk.g0 <> rk.g0 OR lk.g1 <> rk.g1 THEN 'group'");
            }

            if (MayRound)
            {
                // Half a unit of the coarser scale for each row that was rounded.
                var half = $"0.{new string('0', Math.Min(left.Scale, right.Scale))}5";
                text.Append($" WHEN abs(lk.v - rk.v) <= {Decimal($"{half} * greatest(lk.n, rk.n)")} THEN 'rounding'");
            }

            return text.Append(" ELSE 'value' END").ToString();
        }
    }

    private string Side =>
        $"CASE WHEN rk.n_all IS NULL THEN 'l' WHEN lk.n_all IS NULL THEN 'r' WHEN {RightLacks} THEN 'r' WHEN {LeftLacks} THEN 'l' ELSE '' END";

    private string Filter =>
        $"CASE WHEN lk.n_all IS NULL OR rk.n_all IS NULL THEN 0 WHEN {RightLacks} THEN {FilterOf("rk", right)} WHEN {LeftLacks} THEN {FilterOf("lk", left)} ELSE 0 END";

    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
}
