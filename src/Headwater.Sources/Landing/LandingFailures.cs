using Headwater.Kernel.Diagnostics;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Formats;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing;

/// <summary>Says what a failure while landing means to the author of a source.</summary>
internal sealed class LandingFailures(StreamDefinition stream, string spoolFolder)
{
    /// <summary>Explains a failure while a file was loaded.</summary>
    /// <returns>HW3003, HW3004, HW3015 or the diagnostics that the failure carries; null if it is not for landing to explain, such as a cancellation.</returns>
    public IReadOnlyList<Diagnostic>? Explain(Exception problem, SourceFile file) =>
        problem switch
        {
            DiagnosticException refused => refused.Diagnostics,
            WarehouseException { Failure: WarehouseFailure.Resources or WarehouseFailure.Storage } engine =>
            [
                SourceDiagnostics.StorageFailed.With(file.Name, FirstLine(engine)),
            ],
            WarehouseException engine =>
            [
                SourceDiagnostics.FileBroken.At(
                    stream.Files.Location,
                    file.Name,
                    FileFormats.Find(stream.Format.Kind, file).Noun,
                    FirstLine(engine)
                ),
            ],
            InvalidDataException broken => [SourceDiagnostics.FileBroken.With(file.Name, "gzip", broken.Message)],
            UnauthorizedAccessException => [SourceDiagnostics.FileUnreadable.With(file.Name, problem.Message)],
            IOException => [SourceDiagnostics.StorageFailed.With(file.Name, problem.Message)],
            _ => null,
        };

    /// <summary>Explains a failure of the warehouse that no file has to do with.</summary>
    public Diagnostic Explain(WarehouseException problem) =>
        SourceDiagnostics.StorageFailed.With(stream.Name, FirstLine(problem));

    // The engine names the file in its spool folder, which means nothing to anyone.
    private string FirstLine(WarehouseException problem) =>
        problem.Message.Split('\n')[0].Replace(spoolFolder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}
