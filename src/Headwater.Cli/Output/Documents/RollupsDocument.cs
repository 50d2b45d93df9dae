using Headwater.Metrics.Planning.Passes.Rollups.Suggesting;

namespace Headwater.Cli.Output.Documents;

/// <summary>What <c>headwater rollups suggest</c> prints.</summary>
internal sealed record RollupsDocument(IReadOnlyList<RollupsDocument.Suggestion> Suggestions)
{
    public static RollupsDocument Of(IReadOnlyList<RollupSuggestion> suggestions) =>
        new([
            .. suggestions.Select(suggestion => new Suggestion(
                suggestion.Measured.Proposal.Table.Name,
                suggestion.Measured.Proposal.Metrics,
                suggestion.Measured.Proposal.Dimensions,
                suggestion.Share,
                suggestion.Measured.Rows,
                suggestion.Measured.RootRows,
                suggestion.Measured.Proposal.Yaml,
                [
                    .. suggestion.Served.Select(question => new Question(
                        question.Request.Metrics,
                        question.Request.GroupBy,
                        question.Request.Where,
                        question.Times,
                        question.Elapsed.TotalSeconds
                    )),
                ]
            )),
        ]);

    /// <param name="SavedShare">Of the time of all questions, from 0 to 1, those named before it being there.</param>
    /// <param name="RowsWithout">Rows that are read without it.</param>
    public sealed record Suggestion(
        string Name,
        IReadOnlyList<string> Metrics,
        IReadOnlyList<string> Dimensions,
        double SavedShare,
        long Rows,
        long RowsWithout,
        string Yaml,
        IReadOnlyList<Question> Questions
    );

    public sealed record Question(
        IReadOnlyList<string> Metrics,
        IReadOnlyList<string> GroupBy,
        IReadOnlyList<string> Where,
        long Times,
        double Seconds
    );
}
