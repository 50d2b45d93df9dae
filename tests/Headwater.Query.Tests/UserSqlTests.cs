using Headwater.Query.Execution;

namespace Headwater.Query.Tests;

public sealed class UserSqlTests
{
    [Theory]
    [InlineData("select 1", "1")]
    [InlineData("select sum(amount) from orders", "310")]
    [InlineData("select sum(amount) from analytics.orders", "310")]
    [InlineData("select analytics.orders.status from analytics.orders where orders.order_id = 1", "paid")]
    [InlineData("with orders as (select * from orders where status = 'paid') select count(*) from orders", "3")]
    [InlineData("with a as (select 1 as x), b as (select x + 1 as y from a) select a.x, b.y from a, b", "1,2")]
    [InlineData(
        "with recursive r as (select 1 as n union all select n + 1 from r where n < 4) select sum(n) from r",
        "10"
    )]
    [InlineData(
        "select name from customers c where exists (select 1 from orders o where o.customer_id = c.customer_id and amount > 50)",
        "Eve"
    )]
    [InlineData(
        "select status, rank() over (order by sum(amount) desc) from orders group by status order by all",
        "open,1; paid,2"
    )]
    [InlineData("select name from customers union select title from products order by 1 limit 2", "Ada; Bob")]
    [InlineData(
        "select count(*) from orders o left join lateral (select 1 as one from customers c where c.customer_id = o.customer_id) l on true where one is null",
        "1"
    )]
    [InlineData(
        "select date_trunc('month', ordered_at)::date as m, count(*) from orders group by 1 order by 1 nulls last limit 1",
        "2025-01-01,1"
    )]
    [InlineData("from customers select name where region = 'West'", "Bob")]
    [InlineData("select * exclude (customer_id) from customers where region = 'West'", "West,Bob")]
    [InlineData(
        "select case when 1 = 1 then 'a' else 'b' end, cast('7' as integer), try_cast('x' as integer), [1, 2][1], {'a': 1}.a",
        "a,7,-,1,1"
    )]
    [InlineData("select list_transform([1, 2], lambda x: x + 1)[2]", "3")]
    [InlineData("select sum(i) from range(4) t(i)", "6")]
    [InlineData("select 9223372036854775807, 0.1::double, 1e300 > 1", "9223372036854775807,0.1,True")]
    [InlineData("select /* a comment */ 'it''s; fine' -- another", "it's; fine")]
    [InlineData("select count(*) from raw_shop.orders", "1")]
    public async Task What_an_analyst_writes_is_answered(string sql, string expected)
    {
        await using var shop = await ShopProject.OpenAsync();

        Assert.Equal(expected, (await shop.SqlAsync(sql, ShopProject.Analyst)).Text());
    }

    [Theory]
    [InlineData("select * from '/etc/passwd'", "HW5107")]
    [InlineData("select * from \"/etc/passwd\"", "HW5107")]
    [InlineData("select * from 'x.csv'", "HW5107")]
    [InlineData("select * from read_text('/etc/passwd')", "HW5105")]
    [InlineData("select * from read_csv('/etc/passwd')", "HW5105")]
    [InlineData("select * from glob('/*')", "HW5105")]
    [InlineData("select * from sniff_csv('/etc/passwd')", "HW5105")]
    [InlineData("select * from duckdb_secrets()", "HW5105")]
    [InlineData("select * from duckdb_settings()", "HW5105")]
    [InlineData("select * from query('select 1')", "HW5105")]
    [InlineData("select * from query_table('private.secrets')", "HW5105")]
    [InlineData("select json_execute_serialized_sql('x')", "HW5105")]
    [InlineData("select * from json_execute_serialized_sql(json_serialize_sql('select 1'))", "HW5105")]
    [InlineData("select getenv('HOME')", "HW5105")]
    [InlineData("select current_setting('threads')", "HW5105")]
    [InlineData("select getvariable('x')", "HW5105")]
    [InlineData("select nextval('s')", "HW5105")]
    [InlineData("select error('x')", "HW5105")]
    [InlineData("select sleep_ms(1)", "HW5105")]
    [InlineData("select write_log('x')", "HW5105")]
    [InlineData("select stats(amount) from orders", "HW5105")]
    [InlineData("select current_user", "HW5104")]
    [InlineData("select * from private.secrets", "HW5107")]
    [InlineData("select * from secrets", "HW5107")]
    [InlineData("select * from information_schema.tables", "HW5107")]
    [InlineData("select * from pg_catalog.pg_tables", "HW5107")]
    [InlineData("select * from duckdb_tables", "HW5107")]
    [InlineData("select * from sqlite_master", "HW5107")]
    [InlineData("select * from _headwater.relation_versions", "HW5107")]
    [InlineData("select * from memory.analytics.orders_x", "HW5107")]
    [InlineData("select * from other.analytics.orders", "HW5107")]
    [InlineData("select pg_catalog.version()", "HW5105")]
    [InlineData("select 1; select 2", "HW5102")]
    [InlineData("", "HW5102")]
    [InlineData("-- nothing", "HW5102")]
    [InlineData("insert into orders values (1)", "HW5103")]
    [InlineData("drop table orders", "HW5103")]
    [InlineData("create table x as select 1", "HW5103")]
    [InlineData("copy orders to '/tmp/x.csv'", "HW5103")]
    [InlineData("copy (select 1) to '/tmp/x.csv'", "HW5103")]
    [InlineData("attach '/tmp/x.db' as x", "HW5103")]
    [InlineData("install httpfs", "HW5103")]
    [InlineData("load httpfs", "HW5103")]
    [InlineData("set threads = 1", "HW5103")]
    [InlineData("pragma database_list", "HW5103")]
    [InlineData("explain analyze insert into orders values (1)", "HW5103")]
    [InlineData("call pragma_version()", "HW5103")]
    [InlineData("show tables", "HW5104")]
    [InlineData("describe orders", "HW5104")]
    [InlineData("summarize orders", "HW5104")]
    [InlineData("select * from (describe orders)", "HW5104")]
    [InlineData("pivot orders on status using sum(amount)", "HW5103")]
    [InlineData("select * from orders at (version => 1)", "HW5104")]
    [InlineData("select * from orders tablesample 10%", "HW5104")]
    [InlineData("select $1", "HW5104")]
    [InlineData("select repeat('x', 1000000000)", "HW5105")]
    [InlineData("select lpad('x', 1000000000, 'y')", "HW5104")]
    [InlineData("select lpad('x', order_id, 'y') from orders", "HW5104")]
    [InlineData("select range(1000000000)", "HW5105")]
    [InlineData("select printf('%1000000000d', 1)", "HW5105")]
    [InlineData("select levenshtein('a', 'b')", "HW5105")]
    [InlineData("select x::mytype from orders", "HW5104")]
    [InlineData("selec 1", "HW5101")]
    [InlineData("select 'unclosed", "HW5101")]
    [InlineData("select nonsense from orders", "HW5110")]
    public async Task What_could_reach_further_is_refused(string sql, string code)
    {
        await using var shop = await ShopProject.OpenAsync();

        Assert.Equal(code, (await shop.RefusalAsync(sql, ShopProject.Analyst)).Code);
    }

    [Theory]
    [InlineData(
        """select "secret.* from private.secrets --".* from (select 1 as a) as "secret.* from private.secrets --" """
    )]
    [InlineData(
        """with "orders" as (select 1 as a) select "x.* from private.secrets as y --".* from "orders" as "x.* from private.secrets as y --" """
    )]
    [InlineData("""select struct_pack("a := (select secret from private.secrets), b" := 1)""")]
    [InlineData(
        """select count(*) over "w" from orders window "w" as (order by (select secret from private.secrets))"""
    )]
    public async Task A_name_cannot_smuggle_SQL_through_the_printer(string sql)
    {
        await using var shop = await ShopProject.OpenAsync();
        try
        {
            Assert.DoesNotContain(
                "hunter2",
                (await shop.SqlAsync(sql, ShopProject.Analyst)).Text(),
                StringComparison.Ordinal
            );
        }
        catch (Kernel.Diagnostics.DiagnosticException refused)
        {
            Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
            Assert.StartsWith("HW51", refused.Diagnostic.Code, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Statements_that_grow_beyond_bounds_are_refused_before_they_are_bound()
    {
        await using var shop = await ShopProject.OpenAsync();
        var nested = string.Concat(Enumerable.Repeat("abs(", 900)) + "1" + new string(')', 900);
        var doubling =
            "with t0 as (select * from orders)"
            + string.Concat(
                Enumerable.Range(1, 12).Select(n => $", t{n} as (select a.*, b.* from t{n - 1} a, t{n - 1} b)")
            )
            + " select count(*) from t12";
        var joins = "select 1 from orders" + string.Concat(Enumerable.Range(0, 40).Select(n => $", orders o{n}"));

        Assert.Equal("HW5108", (await shop.RefusalAsync($"select {nested}", ShopProject.Analyst)).Code);
        Assert.Equal("HW5108", (await shop.RefusalAsync(doubling, ShopProject.Analyst)).Code);
        Assert.Equal("HW5108", (await shop.RefusalAsync(joins, ShopProject.Analyst)).Code);
        Assert.Equal(
            "HW5108",
            (await shop.RefusalAsync(new string(' ', 60_000) + "select 1", ShopProject.Analyst)).Code
        );
    }

    [Theory]
    [InlineData(
        "select sum(length(replace(lpad('', 10000, 'x') || range, 'x', lpad('', 10000, 'y')))) from range(2048)"
    )]
    [InlineData(
        "select regexp_replace(lpad('', 10000, 'x') || range, 'x', lpad('', 10000, 'y'), 'g') from range(2048)"
    )]
    [InlineData(
        "with a as (select lpad('', 10000, 'x') || range s from range(2048)), b as (select s || s || s || s || s || s || s || s s from a), c as (select s || s || s || s || s || s || s || s s from b) select sum(length(s)) from c"
    )]
    [InlineData("select length(list_transform(list(range), x -> lpad('', 10000, 'a' || x))) from range(1000000)")]
    [InlineData(
        "select array_to_string(list_transform(string_split(lpad('', 10000, 'x'), ''), lambda x: lpad('', 10000, 'y')), '') || range from range(2048)"
    )]
    [InlineData("with recursive r(s) as (select 'a' union all select s || s from r) select max(length(s)) from r")]
    [InlineData(
        "with recursive r(a, b) as (select 'a', 'b' union all select a || b, b || a from r) select max(length(a)) from r"
    )]
    [InlineData(
        "with recursive r(a) as (select 'a' union all select x || x from (select a as x from r)) select max(length(a)) from r"
    )]
    [InlineData("select strftime(now(), lpad('', 10000, '%c')) || range from range(100000)")]
    public async Task A_value_that_could_outgrow_the_process_is_refused(string sql)
    {
        await using var shop = await ShopProject.OpenAsync();
        Assert.Equal("HW5108", (await shop.RefusalAsync(sql, ShopProject.Analyst)).Code);
    }

    [Theory]
    [InlineData(
        "select replace(replace(region, 'a', 'bb'), 'e', '--') || replace(name, 'a', region) || ', ' || region from customers"
    )]
    [InlineData("select list_transform(list(region), x -> upper(x) || '!') from customers")]
    [InlineData("select string_agg(region, ', ' order by region) || ' and more' from customers")]
    [InlineData("select array_to_string(list_sort(list(distinct region)), ', ') from customers")]
    [InlineData("select [upper(x) for x in string_split(region, 'a') if x <> ''] from customers")]
    [InlineData(
        "with recursive r(n, path) as (select 1, 'a' union all select n + 1, path || '/' || n from r where n < 20) select max(path) from r"
    )]
    [InlineData(
        "select to_json({'region': region, 'orders': list(customer_id)})::varchar from customers group by region"
    )]
    [InlineData("select concat_ws('-', region, customer_id, strftime(now(), '%Y-%m')) from customers")]
    public async Task Ordinary_work_with_texts_and_lists_is_not_taken_for_growth(string sql)
    {
        await using var shop = await ShopProject.OpenAsync();
        Assert.NotEmpty((await shop.SqlAsync(sql, ShopProject.Analyst)).Text());
    }

    [Theory]
    [InlineData("select equi_width_bins(0, 1000000000 + range, 1000000, false) from range(2048)", "HW5105")]
    [InlineData("select bitstring('1', 2000000000)", "HW5104")]
    public async Task Functions_that_make_values_of_a_given_size_are_bound(string sql, string code)
    {
        await using var shop = await ShopProject.OpenAsync();
        Assert.Equal(code, (await shop.RefusalAsync(sql, ShopProject.Analyst)).Code);
    }

    [Theory]
    [InlineData("select count(*) from range(1000000000000) t(i) where i % 7 = 3")]
    [InlineData("with recursive r as (select 1 as n union all select n + 1 from r) select count(*) from r")]
    [InlineData("select count(*) from orders a, range(100000000) b, range(100000000) c")]
    public async Task A_statement_that_would_run_for_ever_is_stopped(string sql)
    {
        var limits = QueryLimits.Default with { Time = TimeSpan.FromMilliseconds(300) };
        await using var shop = await ShopProject.OpenAsync(limits);

        Assert.Contains((await shop.RefusalAsync(sql, ShopProject.Analyst)).Code, (string[])["HW5301", "HW5304"]);
    }

    [Fact]
    public async Task Rows_past_the_limit_are_left_unread_and_the_answer_says_so()
    {
        await using var shop = await ShopProject.OpenAsync(QueryLimits.Default with { Rows = 5_000 });

        var table = (await shop.SqlAsync("select i from range(10000000) t(i)", ShopProject.Analyst)).Answer.Table;

        Assert.True(table.Truncated);
        Assert.InRange(table.RowCount, 5_000, 10_000);
    }

    [Fact]
    public async Task An_answer_beyond_the_byte_limit_is_refused()
    {
        await using var shop = await ShopProject.OpenAsync(QueryLimits.Default with { Bytes = 100_000 });

        var refusal = await shop.RefusalAsync("select i, i::varchar from range(1000000) t(i)", ShopProject.Analyst);

        Assert.Equal("HW5302", refusal.Code);
    }

    [Fact]
    public async Task The_engines_message_reaches_only_those_who_see_every_row()
    {
        await using var shop = await ShopProject.OpenAsync();
        const string sql = "select nonsense from orders";

        Assert.Contains(
            "nonsense",
            (await shop.RefusalAsync(sql, ShopProject.Analyst)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal("HW5109", (await shop.RefusalAsync(sql, ShopProject.Rep("East"))).Code);
    }
}
