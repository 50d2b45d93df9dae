using System.CommandLine;
using System.Globalization;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Cli.Output.Documents;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater rollups suggest</c>: proposes tables of aggregates from the questions that were asked.</summary>
internal sealed class RollupsCommand : ICliCommand
{
    private static readonly Option<int> Most = new("--most")
    {
        Description = "At most so many rollups",
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    };

    public Command Build(CommandScope scope)
    {
        var suggest = new Command("suggest", "Propose rollups from the questions that were asked") { Most };
        suggest.SetAction(
            (parsed, cancellationToken) =>
            {
                var options = GlobalOptions.Read(parsed, scope);
                return scope.WithWorkspaceAsync(
                    options,
                    withFiles: false,
                    async (workspace, _) =>
                    {
                        var found = await workspace.SuggestRollupsAsync(parsed.GetValue(Most), cancellationToken);
                        var document = RollupsDocument.Of(found);
                        if (options.Output == OutputFormat.Json)
                        {
                            JsonPrinter.Print(document, scope.Out);
                        }
                        else
                        {
                            Print(document, scope.Out);
                        }

                        return CommandRunner.Done;
                    },
                    cancellationToken
                );
            }
        );
        return new Command("rollups", "Tables of aggregates that answer questions faster") { suggest };
    }

    private static void Print(RollupsDocument document, TextWriter output)
    {
        if (document.Suggestions.Count == 0)
        {
            output.WriteLine("No rollup would save time on the questions that were asked so far.");
            return;
        }

        output.WriteLine("rollups:");
        foreach (var suggestion in document.Suggestions)
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  # saves {suggestion.SavedShare:P0} of the time: {suggestion.Rows:N0} rows are read instead of {suggestion.RowsWithout:N0}"
                )
            );
            foreach (var question in suggestion.Questions)
            {
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  #   {question.Times:N0} x {string.Join(", ", question.Metrics)}{(question.GroupBy.Count > 0 ? " by " : "")}{string.Join(", ", question.GroupBy)}"
                    )
                );
            }

            output.WriteLine(suggestion.Yaml);
        }
    }
}
