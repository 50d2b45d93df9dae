using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Cli.Output.Documents;
using Headwater.Query;
using Headwater.Query.Tracing;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater docs lineage MODEL[.COLUMN]</c>: says where columns come from and go to, through the same gate as everyone.</summary>
internal static class LineageCommand
{
    private static readonly Argument<string> Name = new("MODEL[.COLUMN]")
    {
        Description = "A model or table, or one column of it",
    };

    private static readonly Option<bool> Upstream = new("--upstream") { Description = "Only where columns come from" };

    private static readonly Option<bool> Downstream = new("--downstream") { Description = "Only where columns go" };

    public static Command Build(CommandScope scope)
    {
        var command = new Command("lineage", "Say where the columns of a published model come from and go to")
        {
            Name,
            Upstream,
            Downstream,
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
                        var answer = await workspace.Gate.TraceAsync(
                            new LineageInquiry(
                                parsed.GetValue(Name)!,
                                null,
                                await Asker.PrincipalAsync(workspace, parsed.GetValue(Asker.As), cancellationToken),
                                QuestionPath.CommandLine,
                                Environment.MachineName
                            ),
                            cancellationToken
                        );
                        var both = parsed.GetValue(Upstream) == parsed.GetValue(Downstream);
                        var document = LineageDocument.Of(
                            answer,
                            both || parsed.GetValue(Upstream),
                            both || parsed.GetValue(Downstream)
                        );
                        Print(document, options.Output, scope.Out);
                        return CommandRunner.Done;
                    },
                    cancellationToken
                );
            }
        );
        return command;
    }

    private static void Print(LineageDocument document, OutputFormat format, TextWriter output)
    {
        switch (format)
        {
            case OutputFormat.Json:
                JsonPrinter.Print(document, output);
                break;
            case OutputFormat.Csv:
                CsvTable.Print(document.Rows, output);
                break;
            default:
                LineagePrinter.Print(document, output);
                break;
        }
    }
}
