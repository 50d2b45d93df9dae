using Headwater.Compat.Metrics.Cases;

namespace Headwater.Compat.Metrics.Running;

/// <param name="Cause">Why it failed in few words, alike for failures of one kind; null if it passed.</param>
/// <param name="Detail">What is known beside the cause.</param>
internal sealed record CaseResult(OracleCase Case, string? Cause, string Detail)
{
    public bool Passed => Cause is null;
}
