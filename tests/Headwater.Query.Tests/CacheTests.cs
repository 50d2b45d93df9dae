using Headwater.Kernel.Names;
using Headwater.Metrics.Requests;
using Headwater.Query.Caching;

namespace Headwater.Query.Tests;

public sealed class CacheTests
{
    private static readonly MetricQuestion Revenue = new(new MetricRequest(["revenue"], [], [], [], null));

    [Fact]
    public async Task A_repeated_question_is_answered_from_the_cache_until_a_table_changes()
    {
        await using var shop = await ShopProject.OpenAsync();

        var first = await shop.AskAsync(Revenue, ShopProject.Administrator);
        var second = await shop.AskAsync(Revenue, ShopProject.Administrator);
        await shop.ChangeAsync("DELETE FROM analytics.orders WHERE order_id = 5", "orders");
        var third = await shop.AskAsync(Revenue, ShopProject.Administrator);

        Assert.Same(first.Answer, second.Answer);
        Assert.True(second.FromCache);
        Assert.False(third.FromCache);
        Assert.Equal("150", third.Text());
        Assert.NotEqual(first.Answer.EntityTag, third.Answer.EntityTag);
    }

    [Fact]
    public async Task A_change_of_another_table_leaves_an_answer_in_the_cache()
    {
        await using var shop = await ShopProject.OpenAsync();

        await shop.AskAsync(Revenue, ShopProject.Administrator);
        await shop.ChangeAsync("DELETE FROM analytics.products", "products");

        Assert.True((await shop.AskAsync(Revenue, ShopProject.Administrator)).FromCache);
    }

    [Fact]
    public async Task A_view_changes_with_the_tables_it_reads()
    {
        await using var shop = await ShopProject.OpenAsync();
        const string sql = "select count(*) from order_names";

        Assert.Equal("4", (await shop.SqlAsync(sql, ShopProject.Analyst)).Text());
        await shop.ChangeAsync("DELETE FROM analytics.customers WHERE customer_id = 1", "customers");
        Assert.Equal("2", (await shop.SqlAsync(sql, ShopProject.Analyst)).Text());
    }

    [Fact]
    public async Task What_depends_on_the_clock_or_on_chance_is_not_kept()
    {
        await using var shop = await ShopProject.OpenAsync();

        foreach (var sql in (string[])["select now()", "select current_date", "select random()"])
        {
            await shop.SqlAsync(sql, ShopProject.Analyst);
            Assert.False((await shop.SqlAsync(sql, ShopProject.Analyst)).FromCache);
        }
    }

    [Fact]
    public async Task Identical_questions_in_flight_run_once()
    {
        var flights = new SingleFlight<string, int>();
        var runs = 0;
        var release = new TaskCompletionSource();

        async Task<int> Work(CancellationToken token)
        {
            Interlocked.Increment(ref runs);
            await release.Task.WaitAsync(token);
            return 42;
        }

        var asked = Enumerable.Range(0, 20).Select(_ => flights.RunAsync("q", Work, default)).ToList();
        release.SetResult();

        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal(42, answer));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task One_asker_leaving_does_not_cancel_the_others_and_the_last_one_does()
    {
        var flights = new SingleFlight<string, int>();
        var release = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();

        async Task<int> Work(CancellationToken token)
        {
            try
            {
                await release.Task.WaitAsync(token);
                return 1;
            }
            catch (OperationCanceledException)
            {
                cancelled.SetResult();
                throw;
            }
        }

        using var leaving = new CancellationTokenSource();
        using var staying = new CancellationTokenSource();
        var first = flights.RunAsync("q", Work, leaving.Token);
        var second = flights.RunAsync("q", Work, staying.Token);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(cancelled.Task.IsCompleted);
        await staying.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_answer_that_was_on_its_way_when_the_cache_was_cleared_is_not_kept()
    {
        await using var shop = await ShopProject.OpenAsync();
        var answer = (await shop.AskAsync(Revenue, ShopProject.Administrator)).Answer;
        var cache = new AnswerCache(capacityBytes: 100_000);

        var asked = cache.Generation;
        cache.Clear();
        cache.Store(new CacheKey("q", "p"), answer, asked);

        Assert.Null(
            cache.Find(
                new CacheKey("q", "p"),
                relation => answer.Versions.Single(version => version.Relation == relation).Version
            )
        );
    }

    [Fact]
    public async Task The_cache_stays_within_its_bytes_and_drops_the_least_recently_used()
    {
        await using var shop = await ShopProject.OpenAsync();
        var answer = (await shop.AskAsync(Revenue, ShopProject.Administrator)).Answer;
        var cache = new AnswerCache(capacityBytes: 20_000);

        for (var number = 0; number < 100; number++)
        {
            cache.Store(new CacheKey($"q{number}", "p"), answer, cache.Generation);
            Assert.NotNull(cache.Find(new CacheKey("q0", "p"), Current));
        }

        Assert.True(cache.Bytes <= 20_000);
        Assert.Null(cache.Find(new CacheKey("q1", "p"), Current));

        long Current(RelationName relation) => answer.Versions.Single(version => version.Relation == relation).Version;
    }
}
