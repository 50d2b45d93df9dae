using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Landing;
using Headwater.Sources.Landing.Surveying;
using Headwater.Warehouse;

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
    /// Reports what landing would stumble over: a missing folder, one that cannot be read, streams without files, files that cannot be opened. Does not throw
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
            return opened.Length == 0
                ? SourceDiagnostics.FileBroken.At(stream.Files.Location, file.Name, "data", "it is empty")
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
