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
        var form = await context.Request.ReadFormAsync(cancellationToken);
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

    // Only an address of this site: never a way to send someone who just signed in elsewhere.
    private static string? Inside(string? address) =>
        address is ['/', ..]
        && !address.StartsWith("//", StringComparison.Ordinal)
        && !address.Contains('\\')
        && !address.Any(char.IsControl)
            ? address
            : null;
}
