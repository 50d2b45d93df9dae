using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Headwater.Cli.CommandLine;
using Headwater.Platform.Workspaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Headwater.Cli.Remote;

/// <summary>Where a server takes commands: from this machine alone, and only with the token of its own file.</summary>
internal static class OperatorEndpoint
{
    public const string Path = "/operator/commands";

    public static void Map(WebApplication app, ServerFile server, Workspace workspace) =>
        app.MapPost(Path, context => AnswerAsync(context, server, workspace)).ExcludeFromDescription();

    private static async Task AnswerAsync(HttpContext context, ServerFile server, Workspace workspace)
    {
        if (!IsOperator(context, server))
        {
            // As if there were nothing here.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var request = await context.Request.ReadFromJsonAsync<RemoteRequest>(context.RequestAborted);
        context.Response.ContentType = "application/x-ndjson";
        var lines = Channel.CreateUnbounded<RemoteLine>();
        await using var output = new LineWriter(text => lines.Writer.TryWrite(new RemoteLine(text, null, null)));
        await using var error = new LineWriter(text => lines.Writer.TryWrite(new RemoteLine(null, text, null)));
        var scope = new CommandScope(output, error, request!.Folder, request.Arguments, workspace);
        var running = RunAsync(scope, lines.Writer, context.RequestAborted);
        await foreach (var line in lines.Reader.ReadAllAsync(context.RequestAborted))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, line, cancellationToken: context.RequestAborted);
            await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        await running;
    }

    private static async Task RunAsync(
        CommandScope scope,
        ChannelWriter<RemoteLine> lines,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var exit = await CommandRunner.RunAsync(scope, cancellationToken);
            lines.TryWrite(new RemoteLine(null, null, exit));
            lines.Complete();
        }
        catch (Exception problem)
        {
            lines.Complete(problem);
            throw;
        }
    }

    private static bool IsOperator(HttpContext context, ServerFile server)
    {
        var shown = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        var expected = Encoding.UTF8.GetBytes("Bearer " + server.Token);
        return context.Connection.RemoteIpAddress is { } address
            && IPAddress.IsLoopback(address)
            && CryptographicOperations.FixedTimeEquals(shown, expected);
    }
}
