using Headwater.DuckDb.Errors;

namespace Headwater.DuckDb.Tests;

public sealed class CancellationTests
{
    // Each would run for many minutes: the tests end because the engine is interrupted.
    private const string Endless = "select count(*) from range(1000000000000) t(i) where hash(i) % 7 = 1";
    private const string EndlessRows = "select i from range(1000000000000) t(i) where hash(i) = 0";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Cancelling_interrupts_a_running_statement()
    {
        using var engine = new Engine();
        using var source = new CancellationTokenSource();
        using var statement = engine.Connection.Prepare(Endless);
        var running = Task.Run(() => statement.Execute(source.Token), CancellationToken.None);
        await Task.Delay(50, CancellationToken.None);
        await source.CancelAsync();
        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
        Assert.Equal(source.Token, error.CancellationToken);
    }

    [Fact]
    public async Task Cancelling_interrupts_a_fetch()
    {
        using var engine = new Engine();
        using var source = new CancellationTokenSource();
        using var statement = engine.Connection.Prepare($"select 1 as i union all ({EndlessRows})");
        var running = Task.Run(
            () =>
            {
                using var result = statement.ExecuteStreaming(source.Token);
                while (result.Fetch(source.Token) is { } chunk)
                {
                    chunk.Dispose();
                }
            },
            CancellationToken.None
        );
        await Task.Delay(50, CancellationToken.None);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
    }

    [Fact]
    public void A_token_that_is_cancelled_already_runs_nothing()
    {
        using var engine = new Engine();
        engine.Execute("create table t(i int)");
        using var statement = engine.Connection.Prepare("insert into t values (1)");
        Assert.Throws<OperationCanceledException>(() => statement.Execute(new CancellationToken(canceled: true)));
        Assert.Equal("0", engine.Text("select count(*)::varchar from t"));
    }

    [Fact]
    public async Task The_connection_works_on_after_an_interrupt()
    {
        using var engine = new Engine();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        using (var statement = engine.Connection.Prepare(Endless))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                Task.Run(() => statement.Execute(source.Token), CancellationToken.None).WaitAsync(Patience)
            );
        }

        Assert.Equal("1", engine.Text("select '1'"));
    }

    [Fact]
    public async Task No_moment_of_cancelling_is_missed()
    {
        using var engine = new Engine();
        using var statement = engine.Connection.Prepare(Endless);
        for (var round = 0; round < 300; round++)
        {
            using var source = new CancellationTokenSource();
            var spins = round * 40;
            var cancelling = Task.Run(
                () =>
                {
                    Thread.SpinWait(spins);
                    source.Cancel();
                },
                CancellationToken.None
            );
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                Task.Run(() => statement.Execute(source.Token), CancellationToken.None).WaitAsync(Patience)
            );
            await cancelling;
        }
    }

    [Fact]
    public async Task An_interrupt_from_elsewhere_is_an_error_and_no_cancellation()
    {
        using var engine = new Engine();
        using var statement = engine.Connection.Prepare(Endless);
        var running = Task.Run(() => statement.Execute(CancellationToken.None));
        while (!running.IsCompleted)
        {
            await Task.Delay(20, CancellationToken.None);
            engine.Connection.Interrupt();
        }

        var error = await Assert.ThrowsAsync<DuckDbException>(() => running);
        Assert.Equal(DuckDbErrorKind.Interrupt, error.Kind);
    }
}
