using System.CommandLine;
using Headwater.Cli.Output;
using Headwater.Cli.Output.Documents;
using Headwater.Kernel.Diagnostics;
using Headwater.Platform;

namespace Headwater.Cli.CommandLine;

/// <summary>Runs a command line: the one boundary where diagnostics become text and an exit code.</summary>
internal static class CommandRunner
{
    /// <summary>What was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>The project's fault, or the data's.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Misused = 2;

    /// <summary>Stopped by Ctrl+C, as shells count it.</summary>
    public const int Interrupted = 130;

    // An argument that begins with '@' is a text like any other, not a file to read arguments from.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(CommandScope scope, CancellationToken cancellationToken)
    {
        var parsed = CommandTree.Build(scope).Parse([.. scope.Arguments], Parsing);
        if (parsed.Errors.Count == 0)
        {
            try
            {
                scope = GlobalOptions.Told(parsed, scope);
            }
            catch (DiagnosticException problem)
            {
                DiagnosticPrinter.Print(problem.Diagnostics, scope.Error);
                return Misused;
            }

            parsed = CommandTree.Build(scope).Parse([.. scope.Arguments], Parsing);
        }

        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await scope.Error.WriteLineAsync(error.Message);
            }

            await scope.Error.WriteLineAsync(CliDiagnostics.BadCommandLine.Hint);
            PrintFailure(
                parsed,
                [.. parsed.Errors.Select(error => CliDiagnostics.BadCommandLine.With(error.Message))],
                scope
            );
            return Misused;
        }

        var configuration = new InvocationConfiguration
        {
            Output = scope.Out,
            Error = scope.Error,
            EnableDefaultExceptionHandler = false,
        };
        try
        {
            var exit = await parsed.InvokeAsync(configuration, cancellationToken);
            return exit == Done && scope.Diagnostics.HasPromoted ? Failed : exit;
        }
        catch (DiagnosticException problem)
        {
            scope.Diagnostics.Print(problem.Diagnostics);
            PrintFailure(parsed, problem.Diagnostics, scope);
            return problem.Diagnostic.Code.StartsWith("HW90", StringComparison.Ordinal) ? Misused : Failed;
        }
        catch (OperationCanceledException)
        {
            await scope.Error.WriteLineAsync("Stopped.");
            return Interrupted;
        }
        catch (Exception problem) when (FullDisk.Caused(problem))
        {
            // Any file can be the one that no longer fits.
            DiagnosticPrinter.Print(FullDisk.ToException(problem).Diagnostics, scope.Error);
            return Failed;
        }
    }

    private static void PrintFailure(ParseResult parsed, IReadOnlyList<Diagnostic> diagnostics, CommandScope scope)
    {
        if (GlobalOptions.OutputOf(parsed) == OutputFormat.Json)
        {
            JsonPrinter.Print(FailureDocument.Of(diagnostics), scope.Out);
        }
    }
}
