using System.Text.Json.Serialization;
using Headwater.Kernel.Diagnostics;
using Headwater.Platform.Sessions;
using Headwater.Server.Api;
using Headwater.Server.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Headwater.Server.Problems;

/// <summary>A problem as RFC 9457 has it, with the code, the hint and the candidates of its diagnostic.</summary>
/// <param name="Candidates">What would be possible instead, the likeliest first; absent where nothing is known.</param>
/// <param name="Errors">Everything that is wrong, the first of which is told above.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Hint,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Candidates,
    IReadOnlyList<ProblemError> Errors
)
{
    public static Problem Of(Diagnostic diagnostic) => Of([diagnostic]);

    public static Problem Of(IReadOnlyList<Diagnostic> diagnostics)
    {
        var first = diagnostics[0];
        return new Problem(
            $"https://headwater.dev/problems/{first.Code}",
            first.Message,
            ProblemStatus.Of(first),
            first.Code,
            first.Hint,
            ProblemError.Of(first).Candidates,
            [.. diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error).Select(ProblemError.Of)]
        );
    }
}

/// <summary>One thing that is wrong.</summary>
public sealed record ProblemError(
    string Code,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Hint,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Candidates
)
{
    public static ProblemError Of(Diagnostic diagnostic) =>
        new(
            diagnostic.Code,
            diagnostic.Message,
            diagnostic.Hint,
            diagnostic.Candidates.Count == 0 ? null : diagnostic.Candidates
        );
}

/// <summary>Answers with a problem: a page for a reader, a document for a program, the sign-in page for a stranger.</summary>
internal static class ProblemAnswer
{
    public static Task SendAsync(HttpContext context, params IReadOnlyList<Diagnostic> diagnostics)
    {
        var request = context.Request;
        var diagnostic = diagnostics[0];
        var problem = Problem.Of(diagnostics);
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
