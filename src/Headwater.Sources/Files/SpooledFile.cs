namespace Headwater.Sources.Files;

/// <summary>A file in the spool folder, where the engine can read it. Disposing removes it from there.</summary>
/// <param name="Path">Absolute path in the spool folder.</param>
/// <param name="Records">Its records, should it be text: counted already, or while the engine reads.</param>
/// <param name="LineBytes">What the engine's line buffer has to hold, as far as that is known.</param>
/// <param name="Oversized">Records that were left out because no engine could hold them.</param>
internal sealed record SpooledFile(
    string Path,
    Task<RecordScan> Records,
    long LineBytes,
    IReadOnlyList<OversizedRecord> Oversized
) : IDisposable
{
    public void Dispose() => File.Delete(Path);
}

/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Bytes">How long the record is.</param>
/// <param name="Beginning">Its first characters.</param>
internal sealed record OversizedRecord(long Line, long Bytes, string Beginning);
