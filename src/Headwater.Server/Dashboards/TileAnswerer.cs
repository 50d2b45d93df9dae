using Headwater.Kernel.Diagnostics;
using Headwater.Query;
using Microsoft.Extensions.Logging;

namespace Headwater.Server.Dashboards;

/// <summary>What came of one tile: answers, or a problem.</summary>
internal sealed record TileAnswer(TilePlan Plan, Reply Main, Reply? Compared, Reply? Trend, Diagnostic? Problem)
{
    /// <summary>True if nothing was run for any part of it.</summary>
    public bool IsFromCache =>
        Problem is null && Main.FromCache && Compared?.FromCache != false && Trend?.FromCache != false;
}

/// <summary>Asks the gate for a tile.</summary>
internal sealed class TileAnswerer(IGate gate, ILogger<TileAnswerer> log)
{
    /// <summary>
    /// Asks for a tile's numbers. Completes at once when the cache has them all. What goes wrong with this tile is in the answer: it must
    /// not take its neighbours along.
    /// </summary>
    public async ValueTask<TileAnswer> AnswerAsync(
        TilePlan plan,
        Principal principal,
        string? origin,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var main = await AskAsync(plan.Main);
            Reply? compared = plan.Compared is null ? null : await AskAsync(plan.Compared.Question);
            Reply? trend = plan.Trend is null ? null : await AskAsync(plan.Trend);
            return new TileAnswer(plan, main, compared, trend, null);
        }
        catch (DiagnosticException exception)
        {
            return new TileAnswer(plan, default, null, null, exception.Diagnostic);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            ServerLog.RequestFailed(log, plan.Tile.Id, plan.Tile.Location.ToString(), exception);
            return new TileAnswer(plan, default, null, null, ServerDiagnostics.Fault.With(plan.Tile.Id));
        }

        ValueTask<Reply> AskAsync(Question question) =>
            gate.AskAsync(new Inquiry(question, principal, QuestionPath.Page, origin), cancellationToken);
    }
}
