using Headwater.Sources.Files;
using Headwater.Sources.Landing.Tables;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Loading;

/// <summary>Loads one file into its stream's table, within the caller's transaction. One instance a connection.</summary>
internal interface IFileLoader
{
    /// <summary>
    /// Whether a failure may be gone once the file is looked at carefully: a value did not fit, or the file was not counted before the engine read it.
    /// </summary>
    bool MayMend(Exception problem, SourceFile file, LoadAttempt attempt);

    /// <summary>Loads a file.</summary>
    /// <param name="place">What is written beside every row.</param>
    /// <param name="file">The file.</param>
    /// <param name="attempt">What earlier attempts have taught.</param>
    /// <param name="untyped">Columns of the table whose type has yet to be seen; those that this file shows are taken out.</param>
    /// <param name="forget">Whether rows that the file has left earlier go first.</param>
    /// <returns>The counts, or the attempt with which to try again after a rollback.</returns>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW3003 to HW3019.</exception>
    /// <exception cref="WarehouseException">The engine failed; <see cref="MayMend"/> tells whether a careful attempt will do.</exception>
    ValueTask<FileOutcome> LoadAsync(
        LandingPlace place,
        SourceFile file,
        LoadAttempt attempt,
        HashSet<string> untyped,
        bool forget,
        CancellationToken cancellationToken
    );
}
