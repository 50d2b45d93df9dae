using Headwater.Kernel.Diagnostics;
using Headwater.Platform.Sessions;
using Headwater.Server.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Headwater.Server.Pipeline;

/// <summary>
/// What every request passes: security headers, the session, the origin of writes, and the one place where exceptions become answers.
/// Nothing is open to the world but what <see cref="IsOpen"/> lists.
/// </summary>
internal sealed class FrontDoor(RequestDelegate next, ServerParts parts, ILogger<FrontDoor> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        SecurityHeaders.Add(context.Response.Headers);
        var session = SessionCookie.Find(context.Request, parts.Platform.Sessions);
        if (session is not null)
        {
            context.Features.Set(session);
        }

        try
        {
            if (!SameOrigin.Holds(context.Request))
            {
                throw ServerDiagnostics.CrossOrigin.With().ToException();
            }

            if (session is null && !IsOpen(context.Request.Path))
            {
                throw ServerDiagnostics.SignInNeeded.With().ToException();
            }

            await next(context);
            await AnswerEmptyAsync(context);
        }
        catch (DiagnosticException exception)
        {
            await AnswerAsync(context, exception.Diagnostics);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller left: there is nobody to answer.
        }
        catch (BadHttpRequestException exception)
        {
            await AnswerAsync(context, ServerDiagnostics.BadParameter.With(exception.Message));
        }
        catch (Exception exception)
        {
            ServerLog.RequestFailed(log, context.TraceIdentifier, context.Request.Path, exception);
            await AnswerAsync(context, ServerDiagnostics.Fault.With(context.TraceIdentifier));
        }
    }

    private static bool IsOpen(PathString path) =>
        path.StartsWithSegments("/assets", StringComparison.Ordinal)
        || path.StartsWithSegments("/healthz", StringComparison.Ordinal)
        || path.StartsWithSegments("/welcome", StringComparison.Ordinal)
        // Commands of the operator bring the token of the server's own file.
        || path.StartsWithSegments("/operator", StringComparison.Ordinal)
        || path.Value is "/sign-in" or "/favicon.ico";

    // Routing answers what it does not know with a bare status.
    private static Task AnswerEmptyAsync(HttpContext context) =>
        context.Response switch
        {
            { HasStarted: true } => Task.CompletedTask,
            { StatusCode: StatusCodes.Status404NotFound } => AnswerAsync(context, ServerDiagnostics.NotFound.With()),
            { StatusCode: StatusCodes.Status405MethodNotAllowed } => AnswerAsync(
                context,
                ServerDiagnostics.MethodNotAllowed.With(context.Request.Method)
            ),
            { StatusCode: StatusCodes.Status415UnsupportedMediaType } => AnswerAsync(
                context,
                ServerDiagnostics.BodyUnreadable.With("send it as application/json")
            ),
            _ => Task.CompletedTask,
        };

    private static Task AnswerAsync(HttpContext context, params IReadOnlyList<Diagnostic> diagnostics)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer must not look whole.
            context.Abort();
            return Task.CompletedTask;
        }

        return ProblemAnswer.SendAsync(context, diagnostics);
    }
}

/// <summary>The session of a request that has passed the front door.</summary>
internal static class RequestSession
{
    public static Session Session(this HttpContext context) =>
        context.Features.Get<Session>() ?? throw ServerDiagnostics.SignInNeeded.With().ToException();

    /// <summary>The caller's network address, for the audit.</summary>
    public static string? Origin(this HttpContext context)
    {
        // Formatting an address allocates; a connection asks many times.
        var address = context.Connection.RemoteIpAddress;
        return address is null ? null
            : System.Net.IPAddress.IsLoopback(address) ? "127.0.0.1"
            : address.ToString();
    }
}
