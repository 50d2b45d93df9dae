using Headwater.Metrics.Planning.Passes.Rollups.Suggesting;
using Headwater.Metrics.Semantics;
using Headwater.Platform.Audit;
using Headwater.Platform.Projects;
using Headwater.Query;

namespace Headwater.Platform.Workspaces;

/// <summary>Looks among the questions that were asked for rollups that would pay.</summary>
internal static class RollupSearch
{
    private const int MostQuestions = 1000;

    public static async Task<IReadOnlyList<RollupSuggestion>> RunAsync(
        LoadedProject project,
        AuditLog audit,
        Gate gate,
        int most,
        CancellationToken cancellationToken
    )
    {
        var rules = project
            .Folder.Roles.SelectMany(role => role.RowRules)
            .Select(rule => DimensionReference.Parse(rule.Dimension.Text))
            .Distinct()
            .ToList();
        var questions = await audit.QuestionsAsync(MostQuestions, cancellationToken);
        var advisor = new RollupAdvisor(project.Metrics, rules);
        var measured = new List<MeasuredProposal>();
        foreach (var proposal in advisor.Propose(questions))
        {
            var (rows, rootRows) = await gate.CountAsync(proposal.Table, cancellationToken);
            measured.Add(new MeasuredProposal(proposal, rows, rootRows));
        }

        return advisor.Choose(questions, measured, most);
    }
}
