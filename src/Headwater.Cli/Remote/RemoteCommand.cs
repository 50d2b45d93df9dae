using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Headwater.Cli.CommandLine;

namespace Headwater.Cli.Remote;

/// <summary>Sends a command to the server that holds the files, and passes on what it says as it says it.</summary>
internal static class RemoteCommand
{
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW9003: it does not answer.</exception>
    public static async Task<int> RunAsync(ServerFile server, CommandScope scope, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url + OperatorEndpoint.Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
        request.Content = JsonContent.Create(new RemoteRequest(scope.Arguments, scope.Folder));
        try
        {
            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            response.EnsureSuccessStatusCode();
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            while (await reader.ReadLineAsync(cancellationToken) is { } text)
            {
                var line = JsonSerializer.Deserialize<RemoteLine>(text)!;
                await scope.Out.WriteAsync(line.Out);
                // The server has left out what is not to be said.
                await scope.Diagnostics.Output.WriteAsync(line.Error);
                if (line.Exit is { } exit)
                {
                    return exit;
                }
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or JsonException)
        {
            throw CliDiagnostics.ServerUnreachable.With(server.Url, server.ProcessId).ToException(problem);
        }

        throw CliDiagnostics.ServerUnreachable.With(server.Url, server.ProcessId).ToException();
    }
}
