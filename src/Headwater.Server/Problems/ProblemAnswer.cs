using System.Text.Json.Serialization;
using Headwater.Kernel.Diagnostics;
using Headwater.Platform.Sessions;
using Headwater.Server.Api;
using Headwater.Server.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Headwater.Server.Problems;

/// <summary>A problem as RFC 9457 has it, with the code and the hint of its diagnostic.</summary>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Hint
)
{
    public static Problem Of(Diagnostic diagnostic) =>
        new(
            $"https://headwater.dev/problems/{diagnostic.Code}",
            diagnostic.Message,
            ProblemStatus.Of(diagnostic),
            diagnostic.Code,
            diagnostic.Hint
        );
}

/// <summary>Answers with a problem: a page for a reader, a document for a program, the sign-in page for a stranger.</summary>
internal static class ProblemAnswer
{
    public static Task SendAsync(HttpContext context, Diagnostic diagnostic)
    {
        var request = context.Request;
        var problem = Problem.Of(diagnostic);
        var isProgram =
            request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            || request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal)
            || request.Path.StartsWithSegments("/openapi", StringComparison.Ordinal);
        if (!isProgram && diagnostic.Code == ServerDiagnostics.SignInNeeded.Code)
        {
            // Back to where a reader was going; what a form would have done is not done again.
            var here = HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : "/";
            context.Response.Redirect(here == "/" ? "/sign-in" : $"/sign-in?return={Uri.EscapeDataString(here)}");
            return Task.CompletedTask;
        }

        context.Response.StatusCode = problem.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (!isProgram)
        {
            return new RazorComponentResult<ErrorPage>(
                new Dictionary<string, object?>
                {
                    [nameof(ErrorPage.Problem)] = problem,
                    [nameof(ErrorPage.View)] = PageView.Of(context, context.Features.Get<Session>()),
                }
            )
            {
                StatusCode = problem.Status,
            }.ExecuteAsync(context);
        }

        return context.Response.WriteAsJsonAsync(
            problem,
            ApiJson.Default.Problem,
            "application/problem+json",
            context.RequestAborted
        );
    }
}
