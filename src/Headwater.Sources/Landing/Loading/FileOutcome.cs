using Headwater.Kernel.Diagnostics;
using Headwater.Sources.Landing.Tables;

namespace Headwater.Sources.Landing.Loading;

/// <summary>What loading a file, or several in one transaction, came to.</summary>
/// <param name="Counts">What was landed and quarantined.</param>
/// <param name="Next">If not null, nothing counts: roll back and load again with this.</param>
/// <param name="Notes">What the author should know.</param>
internal sealed record FileOutcome(FileCounts Counts, LoadAttempt? Next, IReadOnlyList<Diagnostic> Notes);
