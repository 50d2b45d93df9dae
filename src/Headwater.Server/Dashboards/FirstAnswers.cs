using Headwater.Kernel.Diagnostics;
using Headwater.Project.Resources.Dashboards;
using Headwater.Query;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Headwater.Server.Dashboards;

/// <summary>
/// Has the first answers of every dashboard ready, for everybody who is signed in, when the server starts and after each publication: who opens a
/// page first waits no longer than who opens it second. Asks one question at a time, only while nobody else asks any, and stops after
/// <see cref="ServerOptions.PreparingTime"/>, when the cache has no room to spare, or when something newer is published.
/// </summary>
internal sealed class FirstAnswers(ServerParts parts, ServerOptions options, ILogger<FirstAnswers> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The server is to listen first.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            using var until = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, parts.Gate.UntilPublished);
            using var timed = new CancellationTokenSource(options.PreparingTime, parts.Time);
            using var bounded = CancellationTokenSource.CreateLinkedTokenSource(until.Token, timed.Token);
            try
            {
                await PrepareAsync(bounded.Token);
            }
            catch (OperationCanceledException) when (bounded.IsCancellationRequested)
            {
                // The rest is worked out for whoever asks it first.
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                ServerLog.PreparingFailed(log, exception);
            }

            await Task.Delay(Timeout.Infinite, until.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var dashboards = parts.Project().Dashboards;
        foreach (var principal in parts.Platform.Sessions.Recent(options.PreparedPeople))
        {
            foreach (var dashboard in dashboards)
            {
                if (!await PrepareAsync(dashboard, principal, cancellationToken))
                {
                    return;
                }
            }
        }
    }

    // Says whether there is room for more.
    private async Task<bool> PrepareAsync(
        DashboardDefinition dashboard,
        Principal principal,
        CancellationToken cancellationToken
    )
    {
        try
        {
            DateOnly? newest = null;
            if (
                FilterSet.CountsFromNewest(dashboard, QueryCollection.Empty)
                && NewestData.Question(dashboard) is { } latest
            )
            {
                if (await parts.Gate.PrepareAsync(latest, principal, cancellationToken) is not { } answer)
                {
                    return false;
                }

                newest = NewestData.Read(answer);
            }

            var filters = FilterSet.Read(dashboard, QueryCollection.Empty, parts.Today(), newest);
            var plan = DashboardPlanner.Plan(dashboard, filters, parts.Gate.Catalog);
            foreach (var question in plan.Tiles.SelectMany(Questions))
            {
                if (!await PrepareAsync(question, principal, cancellationToken))
                {
                    return false;
                }
            }
        }
        catch (DiagnosticException)
        {
            // What is wrong with a dashboard is told to who opens it.
        }

        return true;
    }

    private async Task<bool> PrepareAsync(Question question, Principal principal, CancellationToken cancellationToken)
    {
        try
        {
            return await parts.Gate.PrepareAsync(question, principal, cancellationToken) is not null;
        }
        catch (DiagnosticException)
        {
            // Refused to this one, or wrong: so it is told when it is asked.
            return true;
        }
    }

    private static IEnumerable<Question> Questions(TilePlan tile) =>
        ((Question?[])[tile.Main, tile.Compared?.Question, tile.Trend]).OfType<Question>();
}
