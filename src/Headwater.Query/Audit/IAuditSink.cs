namespace Headwater.Query.Audit;

/// <summary>Where the gate writes what was asked. Implemented by the platform.</summary>
public interface IAuditSink
{
    /// <summary>Takes a record before the answer's last byte leaves. Must not block for longer than an append to a file.</summary>
    void Record(AuditRecord record);
}

/// <summary>One question that was asked, answered or not.</summary>
/// <param name="At">When it was asked, UTC.</param>
/// <param name="PrincipalId">Who asked.</param>
/// <param name="Path">By which door.</param>
/// <param name="Origin">From where, if known.</param>
/// <param name="What">The question in one line: metrics and dimensions, or the SQL.</param>
/// <param name="Policy">Fingerprint of the rules that applied.</param>
/// <param name="Rows">Rows answered.</param>
/// <param name="Elapsed">Time to the answer.</param>
/// <param name="FromCache">True if nothing was run.</param>
/// <param name="Outcome">"ok", "cancelled", or the code of the diagnostic.</param>
public sealed record AuditRecord(
    DateTimeOffset At,
    string PrincipalId,
    QuestionPath Path,
    string? Origin,
    string What,
    string Policy,
    long Rows,
    TimeSpan Elapsed,
    bool FromCache,
    string Outcome
);
