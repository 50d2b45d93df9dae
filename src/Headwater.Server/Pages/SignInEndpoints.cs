using Headwater.Kernel.Diagnostics;
using Headwater.Server.Pipeline;
using Headwater.Server.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headwater.Server.Pages;

/// <summary>Coming in and going out. Forms, no script needed.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ServerParts parts)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapGet(
            "/sign-in",
            (HttpContext context) =>
                PageEndpoints.Page<SignInPage>(
                    context,
                    (nameof(SignInPage.Return), Inside(context.Request.Query["return"]))
                )
        );
        pages.MapPost(
            "/sign-in",
            (HttpContext context, CancellationToken leaving) => ByPasswordAsync(context, parts, leaving)
        );
        pages.MapGet(
            "/welcome/{token}",
            (string token, HttpContext context) => PageEndpoints.Page<WelcomePage>(context)
        );
        pages.MapPost(
            "/welcome/{token}",
            async (string token, HttpContext context, CancellationToken leaving) =>
            {
                var session = await parts.Platform.SignIn.ByLinkAsync(token, context.Origin(), leaving);
                SessionCookie.Set(context, session);
                return Results.Redirect("/");
            }
        );
        pages.MapPost(
            "/sign-out",
            async (HttpContext context, CancellationToken leaving) =>
            {
                await parts.Platform.Sessions.EndAsync(context.Session(), leaving);
                SessionCookie.Clear(context);
                return Results.Redirect("/sign-in");
            }
        );
    }

    private static async Task<IResult> ByPasswordAsync(
        HttpContext context,
        ServerParts parts,
        CancellationToken cancellationToken
    )
    {
        var form = await ReadFormAsync(context.Request, cancellationToken);
        var (name, back) = (form["name"].ToString(), Inside(form["return"]));
        try
        {
            var session = await parts.Platform.SignIn.ByPasswordAsync(
                name,
                form["password"].ToString(),
                context.Origin(),
                cancellationToken
            );
            SessionCookie.Set(context, session);
            return Results.Redirect(back ?? "/");
        }
        catch (DiagnosticException exception)
        {
            var problem = Problem.Of(exception.Diagnostic);
            var page = PageEndpoints.Page<SignInPage>(
                context,
                (nameof(SignInPage.Return), back),
                (nameof(SignInPage.Name), name),
                (nameof(SignInPage.Problem), problem)
            );
            page.StatusCode = problem.Status;
            return page;
        }
    }

    /// <exception cref="DiagnosticException">HW8002: no form, or one that is broken or too large.</exception>
    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            throw ServerDiagnostics.BodyUnreadable.With("send it as a form").ToException();
        }

        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            throw ServerDiagnostics.BodyUnreadable.With("the form is broken or too large").ToException(problem);
        }
    }

    // Only an address of this site: never a way to send someone who just signed in elsewhere.
    private static string? Inside(string? address) =>
        address is ['/', ..]
        && !address.StartsWith("//", StringComparison.Ordinal)
        && !address.Contains('\\')
        && !address.Any(char.IsControl)
            ? address
            : null;
}
