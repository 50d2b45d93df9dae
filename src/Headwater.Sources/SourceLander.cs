using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Formats;
using Headwater.Sources.Formats.Csv;
using Headwater.Sources.Landing;
using Headwater.Sources.Landing.Surveying;
using Headwater.Sources.Landing.Tables;
using Headwater.Warehouse;
using Headwater.Warehouse.Port;

namespace Headwater.Sources;

/// <summary>Lands sources into raw tables. Safe for several threads; one landing runs at a time, further ones wait.</summary>
public sealed class SourceLander(WarehouseHost warehouse, TimeProvider time, LandingLimits limits) : IDisposable
{
    private static readonly string[] Connectors = ["files"];

    private readonly SemaphoreSlim _turn = new(1);

    public SourceLander(WarehouseHost warehouse, TimeProvider time)
        : this(warehouse, time, LandingLimits.Default) { }

    /// <summary>Lands every stream of a source. What fails is in the report; the other streams go on.</summary>
    /// <param name="source">The source.</param>
    /// <param name="progress">Receives each stream's report as it is done.</param>
    /// <returns>One report a stream, in the order of the file.</returns>
    public async Task<IReadOnlyList<StreamLanding>> LandAsync(
        SourceDefinition source,
        IProgress<StreamLanding>? progress,
        CancellationToken cancellationToken
    )
    {
        Check(source);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var reports = new List<StreamLanding>();
            foreach (var stream in source.Streams)
            {
                var report = await new StreamLander(warehouse.Warehouse, time, limits, source, stream).LandAsync(
                    cancellationToken
                );
                reports.Add(report);
                progress?.Report(report);
            }

            return reports;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Whether the tables of a source hold its files as they are now, so that a landing would change nothing.</summary>
    public async Task<bool> IsCurrentAsync(SourceDefinition source, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await warehouse.Warehouse.ConnectAsync(cancellationToken);
            await using (connection)
            {
                foreach (var stream in source.Streams)
                {
                    var landed = await LandedFiles.ReadAsync(connection, source.Name, stream.Name, cancellationToken);
                    if (!new FileSurveyor(source, stream).AreLanded(StreamFolder.Find(source, stream), landed))
                    {
                        return false;
                    }
                }
            }

            return true;
        }
        catch (Exception problem) when (problem is DiagnosticException or WarehouseException)
        {
            // No folder, no files, or nothing landed yet.
            return false;
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Reports what is wrong with a source's definition.</summary>
    public static void Validate(SourceDefinition source, DiagnosticBag diagnostics)
    {
        try
        {
            Check(source);
        }
        catch (DiagnosticException problem)
        {
            diagnostics.AddRange(problem.Diagnostics);
        }
    }

    /// <summary>
    /// Reports what landing would stumble over: a missing folder, one that cannot be read, streams without files, files that cannot be opened, CSV files that are not text. Does not throw
    /// for anything that a file system does.
    /// </summary>
    public static void ValidateFiles(SourceDefinition source, DiagnosticBag diagnostics)
    {
        if (!Directory.Exists(source.Path.Text))
        {
            diagnostics.Add(SourceDiagnostics.PathMissing.At(source.Path.Location, source.Name, source.Path.Text));
            return;
        }

        // A folder that cannot be read is the same problem for every stream.
        var problems = new HashSet<Diagnostic>();
        foreach (var stream in source.Streams)
        {
            try
            {
                foreach (var file in StreamFolder.Find(source, stream))
                {
                    if (FindProblem(file, stream) is { } problem)
                    {
                        diagnostics.Add(problem);
                    }
                }
            }
            catch (DiagnosticException problem)
            {
                diagnostics.AddRange(problem.Diagnostics.Where(problems.Add));
            }
        }
    }

    private static Diagnostic? FindProblem(FileInfo file, StreamDefinition stream)
    {
        try
        {
            using var opened = file.OpenRead();
            if (opened.Length == 0)
            {
                return SourceDiagnostics.FileBroken.At(stream.Files.Location, file.Name, "data", "it is empty");
            }

            return
                FileFormats.IsCsv(stream.Format.Kind, file.Name)
                && CsvProbe.FindProblem(opened, file.Name, stream.Format) is { } problem
                ? SourceDiagnostics.FileBroken.At(stream.Files.Location, file.Name, "CSV", problem)
                : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return SourceDiagnostics.FileUnreadable.At(stream.Files.Location, file.Name, problem.Message);
        }
    }

    private static void Check(SourceDefinition source)
    {
        if (!Connectors.Contains(source.Connector.Text))
        {
            throw (
                SourceDiagnostics.UnknownConnector.At(source.Connector.Location, source.Connector.Text) with
                {
                    Hint = NearestName.Hint(source.Connector.Text, Connectors),
                }
            ).ToException();
        }
    }
}
