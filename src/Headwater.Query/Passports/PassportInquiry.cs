using Headwater.Metrics.Requests;

namespace Headwater.Query.Passports;

/// <summary>Asks what stands behind the numbers of a question.</summary>
/// <param name="Request">The question; nothing of it is run.</param>
/// <param name="Principal">Who asks: the passport is of the numbers that they would see.</param>
/// <param name="Path">The door.</param>
/// <param name="Origin">Network address or terminal, for the audit; null if unknown.</param>
public sealed record PassportInquiry(MetricRequest Request, Principal Principal, QuestionPath Path, string? Origin);
