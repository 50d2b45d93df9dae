using Headwater.Kernel.Diagnostics;

namespace Headwater.Sources.Landing;

/// <summary>What landing one stream did. Rows read are rows landed and rows quarantined, always.</summary>
/// <param name="Files">Files that were new or had changed.</param>
/// <param name="RowsRead">Records in them.</param>
/// <param name="RowsLanded">Records taken over; of those with one primary key the last stands in the table.</param>
/// <param name="RowsQuarantined">Records that could not be read.</param>
/// <param name="Diagnostics">What went wrong, and what an author should know.</param>
public sealed record StreamLanding(
    string Source,
    string Stream,
    DateTimeOffset LandedAt,
    TimeSpan Elapsed,
    int Files,
    long RowsRead,
    long RowsLanded,
    long RowsQuarantined,
    IReadOnlyList<Diagnostic> Diagnostics
)
{
    public bool Failed => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);

    /// <summary>Whether any table has changed.</summary>
    public bool Changed => Files > 0;
}
