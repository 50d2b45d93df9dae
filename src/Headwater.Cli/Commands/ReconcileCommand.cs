using System.CommandLine;
using System.Globalization;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Metrics.Requests;
using Headwater.Platform.Reconciling;
using Headwater.Query;
using Headwater.Query.Reconciling;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater reconcile LEFT RIGHT</c>: says why two numbers that should agree do not.</summary>
internal sealed class ReconcileCommand : ICliCommand
{
    private static readonly string[] Sheets = [".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsb"];

    private static readonly Argument<string> Left = new("LEFT") { Description = "A metric" };

    private static readonly Argument<string> Right = new("RIGHT")
    {
        Description = "A metric, a SELECT, or a CSV or XLSX file",
    };

    private static readonly Option<string[]> Where = new("--where")
    {
        Description = "A condition on the rows of both metrics; may be repeated",
        HelpName = "CONDITION",
    };

    private static readonly Option<DateOnly?> From = Day("--from", "First day, by the time of each metric");
    private static readonly Option<DateOnly?> To = Day("--to", "Last day");
    private static readonly Option<string> GroupBy = Text(
        "--group-by",
        "NAMES",
        "Also show the gap by these dimensions"
    );
    private static readonly Option<string> By = Text(
        "--by",
        "NAMES",
        "Compare totals by these dimensions, where rows cannot be matched"
    );
    private static readonly Option<string> Entity = Text("--entity", "NAME", "What rows are matched by");
    private static readonly Option<string> Key = Text("--key", "COLUMN", "The column of keys of a SELECT or file");
    private static readonly Option<string> Value = Text(
        "--value",
        "COLUMN",
        "The column of numbers of a SELECT or file"
    );
    private static readonly Option<string> Sheet = Text("--sheet", "NAME", "The sheet of a workbook");
    private static readonly Option<string> Cause = Text("--cause", "ID", "Show the rows of one cause");
    private static readonly Option<string> Cursor = Text("--cursor", "CURSOR", "Where the page before ended");
    private static readonly Option<int?> Decimals = new("--decimals")
    {
        Description = "Digits of those numbers",
        HelpName = "N",
    };
    private static readonly Option<int?> PageSize = new("--page-size")
    {
        Description = "Rows of a page",
        HelpName = "N",
    };

    public Command Build(CommandScope scope)
    {
        var command = new Command("reconcile", "Split the gap between two numbers into causes")
        {
            Left,
            Right,
            Where,
            From,
            To,
            GroupBy,
            By,
            Entity,
            Key,
            Value,
            Sheet,
            Decimals,
            Cause,
            PageSize,
            Cursor,
            Asker.As,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var options = GlobalOptions.Read(parsed, scope);
                return scope.WithWorkspaceAsync(
                    options,
                    withFiles: false,
                    async (workspace, _) =>
                    {
                        var inquiry = new ReconcileInquiry(
                            await ReadAsync(parsed, scope, workspace.Sheets, cancellationToken),
                            await Asker.PrincipalAsync(workspace, parsed.GetValue(Asker.As), cancellationToken),
                            QuestionPath.CommandLine,
                            Environment.MachineName
                        );
                        await AnswerAsync(workspace.Gate, inquiry, parsed, options.Output, scope, cancellationToken);
                        return CommandRunner.Done;
                    },
                    cancellationToken
                );
            }
        );
        return command;
    }

    private static async Task AnswerAsync(
        IGate gate,
        ReconcileInquiry inquiry,
        ParseResult parsed,
        OutputFormat format,
        CommandScope scope,
        CancellationToken cancellationToken
    )
    {
        if (parsed.GetValue(Cause) is not { } cause)
        {
            var answer = ReconciliationDocument.Of(await gate.ReconcileAsync(inquiry, cancellationToken));
            if (format == OutputFormat.Json)
            {
                JsonPrinter.Print(answer, scope.Out);
            }
            else
            {
                ReconciliationPrinter.Print(answer, scope.Out);
            }

            return;
        }

        var rows = await gate.ReadGapAsync(
            inquiry,
            cause,
            parsed.GetValue(PageSize) ?? PageQuestion.UsualRows,
            parsed.GetValue(Cursor),
            cancellationToken
        );
        if (format == OutputFormat.Json)
        {
            JsonPrinter.Print(rows, scope.Out);
            return;
        }

        ReconciliationPrinter.Print(rows.Rows, scope.Out);
        if (rows.NextCursor is { } next)
        {
            await scope.Error.WriteLineAsync($"next page: --cursor {next}");
        }
    }

    private static async Task<ReconcileRequest> ReadAsync(
        ParseResult parsed,
        CommandScope scope,
        SheetDesk sheets,
        CancellationToken cancellationToken
    ) =>
        new(new MetricSide(parsed.GetValue(Left)!), await RightAsync(parsed, scope, sheets, cancellationToken))
        {
            Where = parsed.GetValue(Where) ?? [],
            Time =
                parsed.GetValue(From) is null && parsed.GetValue(To) is null
                    ? null
                    : new TimeBounds(Start(parsed.GetValue(From)), Start(parsed.GetValue(To))),
            GroupBy = Split(parsed.GetValue(GroupBy)),
            By = Split(parsed.GetValue(By)),
            Entity = parsed.GetValue(Entity),
        };

    private static async Task<ReconcileSide> RightAsync(
        ParseResult parsed,
        CommandScope scope,
        SheetDesk sheets,
        CancellationToken cancellationToken
    )
    {
        var right = parsed.GetValue(Right)!;
        var isSheet = Sheets.Contains(Path.GetExtension(right).ToLowerInvariant());
        if (!isSheet && !right.Any(char.IsWhiteSpace))
        {
            return new MetricSide(right);
        }

        if (parsed.GetValue(Key) is not { } key || parsed.GetValue(Value) is not { } value)
        {
            throw CliDiagnostics.KeyAndValue.With().ToException();
        }

        if (!isSheet)
        {
            return new SqlSide(right, key, value, parsed.GetValue(Decimals));
        }

        var path = scope.FullPath(right);
        if (!File.Exists(path))
        {
            throw CliDiagnostics.NoFile.With(right).ToException();
        }

        await using var content = File.OpenRead(path);
        return await sheets.ReadAsync(
            Path.GetFileName(path),
            content,
            key,
            value,
            parsed.GetValue(Sheet),
            parsed.GetValue(Decimals),
            cancellationToken
        );
    }

    private static DateTime? Start(DateOnly? day) => day?.ToDateTime(TimeOnly.MinValue);

    private static string[] Split(string? names) =>
        names?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static Option<string> Text(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help };

    private static Option<DateOnly?> Day(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "YYYY-MM-DD",
            CustomParser = result =>
            {
                if (
                    DateOnly.TryParseExact(
                        result.Tokens[0].Value,
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var day
                    )
                )
                {
                    return day;
                }

                result.AddError($"'{result.Tokens[0].Value}' is not a day: write it as 2025-01-31.");
                return null;
            },
        };
}
