using System.CommandLine;
using System.Globalization;
using Headwater.Cli.CommandLine;
using Headwater.Simulator;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater simulate</c>: writes the files of a simulated company.</summary>
internal sealed class SimulateCommand : ICliCommand
{
    private static readonly Option<string> Folder = new("--out")
    {
        Description = "Folder for the files",
        Required = true,
        HelpName = "DIR",
    };

    private static readonly Option<long> Opportunities = new("--opportunities")
    {
        Description = "How many opportunities",
        DefaultValueFactory = _ => 12_000,
        HelpName = "N",
    };

    private static readonly Option<DateOnly?> LastDay = new("--until")
    {
        Description = "The day of the export (default: yesterday)",
        HelpName = "DATE",
    };

    private static readonly Option<int> Days = new("--days")
    {
        Description = "Days before it that are simulated",
        DefaultValueFactory = _ => 1_095,
        HelpName = "N",
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Which company",
        DefaultValueFactory = _ => 1UL,
        HelpName = "N",
    };

    public Command Build(CommandScope scope)
    {
        var command = new Command("simulate", "Write the CRM export of a simulated company")
        {
            Folder,
            Opportunities,
            LastDay,
            Days,
            Seed,
        };
        Opportunities.Validators.Add(result => Positive(result.GetValueOrDefault<long>(), result));
        Days.Validators.Add(result => Positive(result.GetValueOrDefault<int>(), result));
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(scope, parsed, cancellationToken)));
        return command;
    }

    private static void Positive(long value, System.CommandLine.Parsing.OptionResult result)
    {
        if (value < 1)
        {
            result.AddError($"{result.Option.Name} must be at least 1");
        }
    }

    private static int Run(CommandScope scope, ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = scope.FullPath(parsed.GetValue(Folder)!);
        var lastDay =
            parsed.GetValue(LastDay) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime).AddDays(-1);
        var count = parsed.GetValue(Opportunities);
        try
        {
            new CrmSimulation(count, lastDay, parsed.GetValue(Days), parsed.GetValue(Seed)).Write(
                folder,
                null,
                cancellationToken
            );
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw CliDiagnostics.CannotWrite.With(folder, problem.Message).ToException(problem);
        }

        scope.Error.WriteLine(
            $"{count.ToString("N0", CultureInfo.InvariantCulture)} simulated opportunities up to {lastDay:yyyy-MM-dd} in {folder}"
        );
        return CommandRunner.Done;
    }
}
