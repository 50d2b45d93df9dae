using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;
using Headwater.Query.Admission;
using Headwater.Query.Execution;

namespace Headwater.Query.Tests;

/// <summary>Answers that are ready before anybody asks.</summary>
public sealed class PreparedAnswerTests
{
    private static readonly MetricQuestion Revenue = new(new MetricRequest(["revenue"], [], [], [], null));

    [Fact]
    public async Task Who_asks_first_under_the_same_rules_has_the_answer_from_the_cache_and_nobody_else()
    {
        await using var shop = await ShopProject.OpenAsync();

        Assert.NotNull(await shop.Gate.PrepareAsync(Revenue, ShopProject.Rep("East"), default));

        Assert.Empty(shop.Audit.Records);
        Assert.True((await shop.AskAsync(Revenue, ShopProject.Rep("East"))).FromCache);
        Assert.False((await shop.AskAsync(Revenue, ShopProject.Rep("West"))).FromCache);
        Assert.False((await shop.AskAsync(Revenue, ShopProject.Administrator)).FromCache);
    }

    [Fact]
    public async Task What_somebody_may_not_see_is_not_prepared_for_them()
    {
        await using var shop = await ShopProject.OpenAsync();
        var stranger = new Principal("x", "X", [], new Dictionary<string, IReadOnlyList<string>>());

        var refused = await Assert.ThrowsAsync<DiagnosticException>(async () =>
            await shop.Gate.PrepareAsync(Revenue, stranger, default)
        );

        Assert.Equal("HW5001", refused.Diagnostic.Code);
    }

    [Fact]
    public async Task Nothing_is_prepared_where_there_is_no_room()
    {
        await using var shop = await ShopProject.OpenAsync(QueryLimits.Default with { CacheBytes = 0 });

        Assert.Null(await shop.Gate.PrepareAsync(Revenue, ShopProject.Administrator, default));
    }

    [Fact]
    public async Task A_publication_ends_the_time_of_the_one_before()
    {
        await using var shop = await ShopProject.OpenAsync();
        var until = shop.Gate.UntilPublished;

        Assert.False(until.IsCancellationRequested);
        await shop.PublishAsync();

        Assert.True(until.IsCancellationRequested);
        Assert.False(shop.Gate.UntilPublished.IsCancellationRequested);
    }

    [Fact]
    public async Task The_queue_is_idle_when_the_last_question_has_left()
    {
        using var queue = new AdmissionQueue(concurrency: 1, waiting: 10);
        Assert.True(queue.IdleAsync(default).IsCompleted);
        var running = await queue.EnterAsync(default);
        var waiting = queue.EnterAsync(default);
        using var leaving = new CancellationTokenSource();
        var left = queue.EnterAsync(leaving.Token);
        var idle = queue.IdleAsync(default);

        running.Dispose();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await left);
        var last = await waiting;
        Assert.False(idle.IsCompleted);
        last.Dispose();

        await idle.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
