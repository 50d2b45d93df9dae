using Headwater.Kernel.Diagnostics;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;

namespace Headwater.Sources.Landing.Surveying;

/// <summary>The files in a source's folder that belong to a stream.</summary>
internal static class StreamFolder
{
    /// <summary>Finds them, the oldest change first, then by name. There is at least one.</summary>
    /// <exception cref="DiagnosticException">
    /// HW3001: there is no such folder. HW3002: no file matches. HW3003: the folder, or one in it, cannot be read.
    /// </exception>
    public static IReadOnlyList<FileInfo> Find(SourceDefinition source, StreamDefinition stream)
    {
        if (!Directory.Exists(source.Path.Text))
        {
            throw SourceDiagnostics.PathMissing.At(source.Path.Location, source.Name, source.Path.Text).ToException();
        }

        var files = FindAll(source, stream);
        return files.Count > 0
            ? files
            : throw SourceDiagnostics.NoFiles.At(stream.Files.Location, stream.Files.Text, stream.Name).ToException();
    }

    private static IReadOnlyList<FileInfo> FindAll(SourceDefinition source, StreamDefinition stream)
    {
        try
        {
            return FileGlob.Find(source.Path.Text, stream.Files.Text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw SourceDiagnostics
                .FileUnreadable.At(source.Path.Location, source.Path.Text, problem.Message)
                .ToException(problem);
        }
    }
}
