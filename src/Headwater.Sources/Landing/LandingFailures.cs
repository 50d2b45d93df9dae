using System.Text.RegularExpressions;
using Headwater.Kernel.Diagnostics;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Formats;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing;

/// <summary>Says what a failure while landing means to the author of a source.</summary>
internal sealed class LandingFailures(StreamDefinition stream, string spoolFolder)
{
    private readonly Regex _spooled = new(
        Regex.Escape(spoolFolder + Path.DirectorySeparatorChar) + Spool.NamePattern,
        RegexOptions.NonBacktracking
    );

    /// <summary>Explains a failure while a file was loaded.</summary>
    /// <returns>HW3003, HW3004, HW3015 or the diagnostics that the failure carries; null if it is not for landing to explain, such as a cancellation.</returns>
    public IReadOnlyList<Diagnostic>? Explain(Exception problem, SourceFile file) =>
        problem switch
        {
            DiagnosticException refused => refused.Diagnostics,
            WarehouseException { Failure: WarehouseFailure.Resources or WarehouseFailure.Storage } engine =>
            [
                SourceDiagnostics.StorageFailed.With(file.Name, FirstLine(engine, file.Name)),
            ],
            WarehouseException engine =>
            [
                SourceDiagnostics.FileBroken.At(
                    stream.Files.Location,
                    file.Name,
                    FileFormats.Find(stream.Format.Kind, file).Noun,
                    FirstLine(engine, file.Name)
                ),
            ],
            InvalidDataException broken => [SourceDiagnostics.FileBroken.With(file.Name, "gzip", broken.Message)],
            UnauthorizedAccessException => [SourceDiagnostics.FileUnreadable.With(file.Name, problem.Message)],
            IOException => [SourceDiagnostics.StorageFailed.With(file.Name, problem.Message)],
            _ => null,
        };

    /// <summary>Explains a failure of the warehouse that no file has to do with.</summary>
    public Diagnostic Explain(WarehouseException problem) =>
        SourceDiagnostics.StorageFailed.With(stream.Name, FirstLine(problem, stream.Name));

    // The engine names the file by its place in the spool folder, which means nothing to anyone.
    private string FirstLine(WarehouseException problem, string name) =>
        _spooled.Replace(problem.Message.Split('\n')[0], _ => name);
}
