using Headwater.Metrics;
using Headwater.Query.Passports;
using Headwater.Query.Tracing;

namespace Headwater.Query;

/// <summary>
/// The one way to user data: authorise → plan → apply rules → cache → admit → run → audit, for every question by whatever door.
/// Safe for several threads.
/// </summary>
public interface IGate
{
    /// <summary>The metrics and dimensions that can be asked for, as last published.</summary>
    MetricCatalog Catalog { get; }

    /// <summary>Cancelled when another publication takes over; from then on this names that one's end.</summary>
    CancellationToken UntilPublished { get; }

    /// <summary>
    /// Has the answer of a question ready for whoever asks it under the same policy: it is worked out when nobody else asks anything, and not at all where the cache has no room
    /// left to spare. Nobody sees it: it is not audited.
    /// </summary>
    /// <returns>The answer, or null where there is no room.</returns>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">As <see cref="AskAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    ValueTask<Answer?> PrepareAsync(Question question, Principal principal, CancellationToken cancellationToken);

    /// <summary>Answers a question.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">The question is wrong or not permitted, or a limit was met (HW4xxx, HW5xxx).</exception>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    ValueTask<Reply> AskAsync(Inquiry inquiry, CancellationToken cancellationToken);

    /// <summary>Says where columns come from and go to, of what the asker may see.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW5001: not permitted; HW5003: nothing is published; HW5120–HW5122: a wrong name.</exception>
    ValueTask<LineageAnswer> TraceAsync(LineageInquiry inquiry, CancellationToken cancellationToken);

    /// <summary>Says what stands behind the numbers of a question. Runs nothing of it.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">
    /// HW5001: not permitted; HW5130: a metric is unknown, or not for the asker; HW41xx: the question is wrong.
    /// </exception>
    ValueTask<Passport> IssuePassportAsync(PassportInquiry inquiry, CancellationToken cancellationToken);

    /// <summary>Answers a question as a file, written to <paramref name="output"/>.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">As <see cref="AskAsync"/>; nothing was written then.</exception>
    ValueTask ExportAsync(Inquiry inquiry, ExportFormat format, Stream output, CancellationToken cancellationToken);
}

public enum ExportFormat
{
    Csv,
    Xlsx,
    Json,
    Ndjson,
    Parquet,
}
