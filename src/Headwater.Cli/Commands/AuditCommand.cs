using System.CommandLine;
using System.Text.Json;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Platform.Audit;
using Headwater.Platform.Audit.Chain;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater audit</c>: shows that nobody has changed what is recorded.</summary>
internal sealed class AuditCommand : ICliCommand
{
    private static readonly Option<string> Against = new("--head")
    {
        Description = "A head that was exported earlier: nothing up to it may be changed or missing",
        HelpName = "FILE",
    };

    private static readonly Option<string> Key = new("--key")
    {
        Description = "The public key that must have signed the head, as the export shows it",
        HelpName = "KEY",
    };

    private static readonly JsonSerializerOptions HeadJson = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public Command Build(CommandScope scope)
    {
        var verify = new Command("verify", "Check every audit record against the chain of digests") { Against, Key };
        verify.SetAction(
            (parsed, token) => Run(scope, parsed, audit => VerifyAsync(scope, parsed, audit, token), token)
        );
        var head = new Command("head", "Print where the chain stands, signed, to be kept elsewhere");
        head.SetAction((parsed, token) => Run(scope, parsed, audit => HeadAsync(scope, audit, token), token));
        return new Command("audit", "Who asked what: check the record, export its head") { verify, head };
    }

    private static Task<int> Run(
        CommandScope scope,
        ParseResult parsed,
        Func<AuditLog, Task<int>> work,
        CancellationToken cancellationToken
    ) =>
        scope.WithWorkspaceAsync(
            GlobalOptions.Read(parsed, scope),
            withFiles: false,
            (workspace, _) => work(workspace.Platform.Audit),
            cancellationToken
        );

    private static async Task<int> HeadAsync(CommandScope scope, AuditLog audit, CancellationToken cancellationToken)
    {
        var head = await audit.SignHeadAsync(cancellationToken);
        scope.Out.WriteLine(JsonSerializer.Serialize(head, HeadJson));
        return CommandRunner.Done;
    }

    private static async Task<int> VerifyAsync(
        CommandScope scope,
        ParseResult parsed,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        var head = parsed.GetValue(Against) is { } file ? await ReadAsync(file, cancellationToken) : null;
        if (head is not null && (!head.IsGenuine() || (parsed.GetValue(Key) is { } key && key != head.Key)))
        {
            throw CliDiagnostics.HeadForged.With(parsed.GetValue(Against)).ToException();
        }

        var report = await audit.VerifyAsync(head, cancellationToken);
        if (GlobalOptions.OutputOf(parsed) == OutputFormat.Json)
        {
            JsonPrinter.Print(
                new
                {
                    whole = report.IsWhole,
                    records = report.Records,
                    unchained = report.Unchained,
                    head = new { sequence = report.Head.Sequence, digest = report.Head.Text },
                    flaws = report.Flaws.Select(flaw => new
                    {
                        kind = flaw.Kind.ToString().ToLowerInvariant(),
                        place = flaw.Place,
                        from = flaw.From,
                        to = flaw.To,
                    }),
                },
                scope.Out
            );
        }
        else
        {
            Print(report, scope.Out);
        }

        return report.IsWhole ? CommandRunner.Done : CommandRunner.Failed;
    }

    private static void Print(ChainReport report, TextWriter output)
    {
        foreach (var flaw in report.Flaws)
        {
            var records = flaw.From == flaw.To ? $"record {flaw.From}" : $"records {flaw.From} to {flaw.To}";
            output.WriteLine(
                flaw.Kind switch
                {
                    ChainFlawKind.Missing when flaw.From == 0 => $"{flaw.Place}: its end is missing",
                    ChainFlawKind.Missing => $"{flaw.Place}: {records} missing",
                    ChainFlawKind.Reordered => $"{flaw.Place}: {records} stands behind later ones",
                    _ => $"{flaw.Place}: {records} changed",
                }
            );
        }

        var before = report.Unchained > 0 ? $"; {report.Unchained} from before there was a chain" : "";
        output.WriteLine(
            report.IsWhole
                ? $"whole: {report.Records} records{before}, up to {report.Head.Text}"
                : $"not whole: {report.Flaws.Count} flaws in {report.Records} records{before}"
        );
    }

    private static async Task<SignedHead> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<SignedHead>(
                    await File.ReadAllTextAsync(file, cancellationToken),
                    HeadJson
                ) ?? throw CliDiagnostics.HeadForged.With(file).ToException();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw CliDiagnostics.HeadForged.With(file).ToException(exception);
        }
    }
}
