using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Cli.Remote;
using Headwater.Cli.Serving;
using Headwater.Platform.Schedules;
using Headwater.Platform.SigningIn;
using Headwater.Platform.Workspaces;
using Headwater.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater serve</c>: builds what is out of date, then serves pages and API, and lands sources on their schedules.</summary>
internal sealed class ServeCommand : ICliCommand
{
    private static readonly Option<int?> Port = new("--port")
    {
        Description = "TCP port (default: headwater.port, 5080)",
        HelpName = "N",
    };

    private static readonly Option<bool> AllAddresses = new("--listen-all")
    {
        Description = "Listen on all addresses, not on this machine's alone",
    };

    private static readonly Option<bool> NoBuild = new("--no-build")
    {
        Description = "Serve what is published as it is",
    };

    public Command Build(CommandScope scope)
    {
        var command = new Command("serve", "Serve pages and API, and land sources on their schedules")
        {
            Port,
            AllAddresses,
            NoBuild,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                scope.RequireLocal("serve");
                var options = GlobalOptions.Read(parsed, scope);
                return scope.WithWorkspaceAsync(
                    options,
                    withFiles: false,
                    async (workspace, project) =>
                    {
                        // Before anything is built: a wrong port is known at once.
                        var port = parsed.GetValue(Port) ?? project.Folder.Settings.Port;
                        if (port is < 0 or > ushort.MaxValue)
                        {
                            throw CliDiagnostics.BadPort.With(port).ToException();
                        }

                        RequireFree(port);

                        if (
                            !parsed.GetValue(NoBuild)
                            && !await FirstBuild.RunAsync(workspace, project, scope.Error, cancellationToken)
                        )
                        {
                            return CommandRunner.Failed;
                        }

                        return await ServeAsync(scope, parsed, port, options, workspace, cancellationToken);
                    },
                    cancellationToken
                );
            }
        );
        return command;
    }

    private static async Task<int> ServeAsync(
        CommandScope scope,
        ParseResult parsed,
        int port,
        GlobalOptions options,
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        var parts = new ServerParts(
            workspace.Gate,
            () => workspace.Project.Folder,
            workspace.Platform,
            TimeProvider.System
        )
        {
            Passports = workspace.Passports,
        };
        var app = HeadwaterServer.Build(
            new ServerOptions { Port = port, ListenOnAllAddresses = parsed.GetValue(AllAddresses) },
            parts,
            builder => builder.Logging.AddFilter("Quartz", LogLevel.Warning)
        );
        await using (app)
        {
            var server = ServerFile.New($"http://127.0.0.1:{port}");
            OperatorEndpoint.Map(app, server, workspace);
            await StartAsync(app, port, cancellationToken);
            var url = app
                .Urls.First()
                .Replace("127.0.0.1", "localhost", StringComparison.Ordinal)
                .Replace("[::]", "localhost", StringComparison.Ordinal);
            (
                server with
                {
                    Url = app
                        .Urls.First(address => !address.Contains("[::1]", StringComparison.Ordinal))
                        .Replace("[::]", "127.0.0.1", StringComparison.Ordinal),
                }
            ).Write(options.Home);
            try
            {
                var log = (ILogger)app.Services.GetService(typeof(ILogger<SourceSchedule>))!;
                var schedule = await SourceSchedule.StartAsync(workspace, log, cancellationToken);
                await using (schedule)
                {
                    await AnnounceAsync(scope, workspace, url, cancellationToken);
                    await app.WaitForShutdownAsync(cancellationToken);
                }
            }
            finally
            {
                ServerFile.Remove(options.Home);
            }
        }

        return CommandRunner.Done;
    }

    // Somebody may take it until the server does: that is told the same way.
    private static void RequireFree(int port)
    {
        using var probe = new TcpListener(System.Net.IPAddress.Loopback, port);
        try
        {
            probe.Start();
        }
        catch (SocketException problem)
        {
            throw CliDiagnostics.PortTaken.With(port).ToException(problem);
        }
    }

    private static async Task StartAsync(WebApplication app, int port, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or SocketException)
        {
            throw CliDiagnostics.PortTaken.With(port.ToString(CultureInfo.InvariantCulture)).ToException(problem);
        }
    }

    private static async Task AnnounceAsync(
        CommandScope scope,
        Workspace workspace,
        string url,
        CancellationToken cancellationToken
    )
    {
        await scope.Out.WriteLineAsync(
            $"Headwater serves '{workspace.Project.Folder.Name}' on {url}   (Ctrl+C stops it)"
        );
        switch (await workspace.Platform.EnsureAdministratorAsync(workspace.Options.Platform, cancellationToken))
        {
            case FirstSignIn.ByLink link:
                await scope.Out.WriteLineAsync($"Sign in as {link.UserName} with this link; it works once:");
                await scope.Out.WriteLineAsync($"  {url}/welcome/{link.Token}");
                break;
            case FirstSignIn.ByPassword password:
                await scope.Out.WriteLineAsync(
                    $"Sign in as {password.UserName} with the password of HEADWATER_ADMIN_PASSWORD."
                );
                break;
        }
    }
}
