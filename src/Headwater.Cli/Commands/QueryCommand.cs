using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Metrics.Requests;
using Headwater.Query;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater query</c>: asks for metrics by dimensions.</summary>
internal sealed class QueryCommand : ICliCommand
{
    private static readonly Option<string[]> Metrics = List("--metrics", "Metrics, separated by commas");
    private static readonly Option<string[]> GroupBy = List(
        "--group-by",
        "Dimensions, such as metric_time__month,account__region"
    );
    private static readonly Option<string[]> OrderBy = List(
        "--order-by",
        "Result columns; a minus before one turns it round"
    );

    private static readonly Option<string[]> Where = new("--where")
    {
        Description = "A condition on dimensions; may be repeated, all must hold",
        HelpName = "CONDITION",
    };

    private static readonly Option<string> SavedQuery = new("--saved-query")
    {
        Description = "A saved query to start from",
        HelpName = "NAME",
    };

    private static readonly Option<int?> Limit = new("--limit") { Description = "Most rows", HelpName = "N" };

    private static readonly Option<int?> PageSize = new("--page-size")
    {
        Description = "Rows of a page; the cursor of the next one is written to standard error",
        HelpName = "N",
    };

    private static readonly Option<string> Cursor = new("--cursor")
    {
        Description = "Where the page before ended, with the same question",
        HelpName = "CURSOR",
    };

    private static readonly Option<DateTime?> From = new("--from")
    {
        Description = "The first day of metric_time, widened to whole periods of the grain that is shown",
        HelpName = "DATE",
    };

    private static readonly Option<DateTime?> To = new("--to")
    {
        Description = "The last day of metric_time, widened likewise",
        HelpName = "DATE",
    };

    private static readonly Option<bool> Bounds = new("--bounds")
    {
        Description = "Only the least and greatest value of each dimension, without metrics",
    };

    private static readonly Option<bool> KeepDuplicates = new("--keep-duplicates")
    {
        Description = "Without metrics: a row for each row of the tables",
    };

    private static readonly Option<bool> Explain = new("--explain")
    {
        Description = "Also write the passport of the numbers, to standard error",
    };

    public Command Build(CommandScope scope)
    {
        var command = new Command("query", "Ask for metrics by dimensions")
        {
            Metrics,
            GroupBy,
            Where,
            OrderBy,
            Limit,
            SavedQuery,
            From,
            To,
            Bounds,
            KeepDuplicates,
            PageSize,
            Cursor,
            Explain,
            Asker.As,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Asker.AskAsync(scope, parsed, Read(parsed), cancellationToken, parsed.GetValue(Explain))
        );
        return command;
    }

    private static Question Read(ParseResult parsed)
    {
        var question = new MetricQuestion(
            new MetricRequest(
                Split(parsed.GetValue(Metrics)),
                Split(parsed.GetValue(GroupBy)),
                parsed.GetValue(Where) ?? [],
                Split(parsed.GetValue(OrderBy)),
                parsed.GetValue(Limit)
            )
            {
                SavedQuery = parsed.GetValue(SavedQuery),
                Time =
                    parsed.GetValue(From) is null && parsed.GetValue(To) is null
                        ? null
                        : new TimeBounds(parsed.GetValue(From), parsed.GetValue(To)),
                BoundsOnly = parsed.GetValue(Bounds),
                KeepsDuplicates = parsed.GetValue(KeepDuplicates),
            }
        );
        var (size, cursor) = (parsed.GetValue(PageSize), parsed.GetValue(Cursor));
        return size is null && cursor is null
            ? question
            : new PageQuestion(question, size ?? PageQuestion.UsualRows, cursor);
    }

    private static Option<string[]> List(string name, string description)
    {
        var option = new Option<string[]>(name)
        {
            Description = description,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "NAMES",
        };
        option.RefuseOptions();
        return option;
    }

    private static string[] Split(string[]? values) =>
        [
            .. (values ?? []).SelectMany(value =>
                value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            ),
        ];
}
