using Headwater.Sources.Files;
using Headwater.Sources.Landing.Tables;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Loading;

/// <summary>
/// Loads a file into a table of another engine than the one that reads it: into an empty shadow of the table beside the files, by the same rules, and from there by
/// value. Of the shadow nothing stays.
/// </summary>
/// <param name="loader">Loads into the shadow.</param>
/// <param name="beside">The connection with the engine that reads files.</param>
/// <param name="shadow">The stream's tables there.</param>
/// <param name="tables">The stream's tables.</param>
/// <param name="copy">Takes over what the shadow holds.</param>
internal sealed class CopyingLoader(
    FileLoader loader,
    IWarehouseConnection beside,
    StreamTables shadow,
    StreamTables tables,
    StreamCopy copy
) : IFileLoader
{
    public bool MayMend(Exception problem, SourceFile file, LoadAttempt attempt) =>
        loader.MayMend(problem, file, attempt);

    public async ValueTask<FileOutcome> LoadAsync(
        LandingPlace place,
        SourceFile file,
        LoadAttempt attempt,
        HashSet<string> untyped,
        bool forget,
        CancellationToken cancellationToken
    )
    {
        await beside.BeginAsync(cancellationToken);
        try
        {
            await shadow.Quarantine.EnsureAsync(cancellationToken);
            var known = await tables.Target.ReadColumnsAsync(cancellationToken);
            if (known.Count > 0)
            {
                await shadow.Target.CreateAsync(known.Select(column => (column.Key, column.Value)), cancellationToken);
            }

            var open = untyped.ToHashSet(StringComparer.OrdinalIgnoreCase);
            var outcome = await loader.LoadAsync(place, file, attempt, untyped, forget: false, cancellationToken);
            if (outcome.Next is null)
            {
                await copy.RunAsync(file.Name, open, forget, cancellationToken);
            }

            return outcome;
        }
        finally
        {
            await beside.RollbackAsync(CancellationToken.None);
        }
    }
}
