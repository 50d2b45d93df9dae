using Headwater.Kernel.Diagnostics;
using Headwater.Sources.Files;
using Headwater.Sources.Landing.Loading;
using Headwater.Sources.Landing.Tables;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing;

/// <summary>Lands files in one transaction: all of them whole, or nothing.</summary>
internal sealed class LandingTransaction(IWarehouseConnection connection, StreamLoader loader, LandingFailures failures)
{
    /// <summary>Loads files, anew where an attempt teaches that it has to be done otherwise, and commits.</summary>
    /// <param name="files">The files; at least one.</param>
    /// <param name="replaceAll">Whether they take the place of all that the table holds.</param>
    /// <returns>What was committed; what went wrong, if nothing was.</returns>
    /// <exception cref="OperationCanceledException">The transaction is still open, for the connection's end to roll back.</exception>
    public async Task<TransactionOutcome> RunAsync(
        IReadOnlyList<SourceFile> files,
        bool replaceAll,
        CancellationToken cancellationToken
    )
    {
        var attempt = LoadAttempt.First;
        // Each attempt knows a file to be careful with, or a wider type, more than the one before: there is an end.
        while (true)
        {
            var current = files[0];
            try
            {
                await connection.BeginAsync(cancellationToken);
                var outcome = await loader.LoadAsync(
                    files,
                    replaceAll,
                    attempt,
                    file => current = file,
                    cancellationToken
                );
                if (outcome.Next is { } next)
                {
                    await connection.RollbackAsync(cancellationToken);
                    attempt = next;
                    continue;
                }

                CheckUnchanged(files);
                await connection.CommitAsync(cancellationToken);
                return new TransactionOutcome(files.Count, outcome.Counts, outcome.Notes);
            }
            catch (Exception problem) when (loader.MayMend(problem, current, attempt))
            {
                await RollBackAsync();
                attempt = attempt.Carefully(current.Name);
            }
            catch (Exception problem) when (failures.Explain(problem, current) is { } diagnostics)
            {
                await RollBackAsync();
                return new TransactionOutcome(0, default, diagnostics);
            }
        }
    }

    private async Task RollBackAsync()
    {
        try
        {
            await connection.RollbackAsync(CancellationToken.None);
        }
        catch (WarehouseException)
        {
            // A commit that failed has ended the transaction, and nothing of it stays.
        }
    }

    // Whoever still writes a file would see it landed by halves.
    private static void CheckUnchanged(IReadOnlyList<SourceFile> files)
    {
        foreach (var file in files)
        {
            var now = new FileInfo(file.Info.FullName);
            if (!now.Exists || now.Length != file.Info.Length || now.LastWriteTimeUtc != file.Info.LastWriteTimeUtc)
            {
                throw SourceDiagnostics.FileChanged.With(file.Name).ToException();
            }
        }
    }
}

/// <param name="Files">Files that were landed.</param>
/// <param name="Counts">Their records.</param>
/// <param name="Diagnostics">What went wrong, or what the author should know.</param>
internal sealed record TransactionOutcome(int Files, FileCounts Counts, IReadOnlyList<Diagnostic> Diagnostics);
