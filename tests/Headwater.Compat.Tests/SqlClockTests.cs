using Headwater.Compat.Running;

namespace Headwater.Compat.Tests;

public sealed class SqlClockTests
{
    private static readonly SqlClock Clock = new(new DateTimeOffset(2024, 5, 6, 23, 30, 0, TimeSpan.FromHours(-1)));

    [Theory]
    [InlineData("select current_date", "select (date '2024-05-07')")]
    [InlineData("select CURRENT_DATE - 1", "select (date '2024-05-07') - 1")]
    [InlineData("select current_timestamp", "select (timestamptz '2024-05-07 00:30:00.000000+00')")]
    [InlineData("select now ( )::date", "select (timestamptz '2024-05-07 00:30:00.000000+00')::date")]
    public void The_current_time_is_another(string sql, string expected) => Assert.Equal(expected, Clock.Rewrite(sql));

    [Theory]
    [InlineData("select 'now() and current_date'")]
    [InlineData("select \"current_date\"")]
    [InlineData("select 1 -- since current_date")]
    [InlineData("/* now() */ select 1")]
    [InlineData("select current_dates, snow(), now from t")]
    public void What_is_no_call_stays(string sql) => Assert.Equal(sql, Clock.Rewrite(sql));
}
