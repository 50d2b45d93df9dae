using Headwater.Kernel.Diagnostics;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Landing.Tables;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Loading;

/// <summary>Loads files of one stream, and notes that they are landed, within the caller's transaction. One instance a connection.</summary>
/// <param name="batch">What marks the rows of this landing.</param>
/// <param name="landedAt">When it began.</param>
internal sealed class StreamLoader(
    StreamTables tables,
    IFileLoader loader,
    SourceDefinition source,
    StreamDefinition stream,
    Guid batch,
    DateTimeOffset landedAt
)
{
    /// <summary>Whether a failure may be gone once the file is looked at carefully.</summary>
    public bool MayMend(Exception problem, SourceFile file, LoadAttempt attempt) =>
        loader.MayMend(problem, file, attempt);

    /// <summary>Loads files in their order.</summary>
    /// <param name="files">The files.</param>
    /// <param name="replaceAll">Whether they take the place of all that the table holds.</param>
    /// <param name="attempt">What earlier attempts have taught.</param>
    /// <param name="begins">Told of each file before it is loaded.</param>
    /// <returns>The counts of all, or the attempt with which to try again after a rollback.</returns>
    /// <exception cref="DiagnosticException">A file cannot be landed.</exception>
    /// <exception cref="WarehouseException">The engine failed.</exception>
    public async Task<FileOutcome> LoadAsync(
        IReadOnlyList<SourceFile> files,
        bool replaceAll,
        LoadAttempt attempt,
        Action<SourceFile> begins,
        CancellationToken cancellationToken
    )
    {
        var total = default(FileCounts);
        var notes = new List<Diagnostic>();
        var untyped =
            source.SchemaChanges == SchemaChanges.Evolve
                ? await tables.Target.ReadUntypedAsync(cancellationToken)
                : new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (replaceAll)
        {
            await tables.Target.EmptyAsync(cancellationToken);
            await tables.ForgetAsync(file: null, cancellationToken);
        }

        foreach (var file in files)
        {
            begins(file);
            if (!replaceAll)
            {
                await tables.ForgetAsync(file.Name, cancellationToken);
            }

            // Needed at the end only: hashed while the engine reads.
            _ = file.Survey.HashAsync(cancellationToken);
            var place = new LandingPlace(stream.Name, file.Name, landedAt, batch);
            // A file that has changed takes the place of what it was; upserts overlay by key instead.
            var forget = stream.Load == LoadMode.Append;
            var outcome = await loader.LoadAsync(place, file, attempt, untyped, forget, cancellationToken);
            if (outcome.Next is not null)
            {
                return outcome;
            }

            total = total.Plus(outcome.Counts);
            notes.AddRange(outcome.Notes);
            await tables.AddLandedAsync(file, place, outcome.Counts, cancellationToken);
        }

        await tables.RaiseVersionsAsync(landedAt, cancellationToken);
        return new FileOutcome(total, null, notes);
    }
}
