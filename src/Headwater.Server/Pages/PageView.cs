using Headwater.Platform.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Headwater.Server.Pages;

/// <summary>What every page shows around its content.</summary>
/// <param name="Theme"><c>light</c> or <c>dark</c> if the reader chose; null follows the system.</param>
/// <param name="UserName">Who is signed in, or null.</param>
/// <param name="Path">The page's address, for the mark in the navigation.</param>
/// <param name="Now">When it is rendered, for ages.</param>
/// <param name="Notice">What the project wants said on every page, or null.</param>
public sealed record PageView(
    string? Theme,
    string? UserName,
    string? DisplayName,
    bool IsAdministrator,
    string Path,
    DateTimeOffset Now,
    string? Notice
)
{
    private const string ThemeCookie = "hw_theme";

    internal static PageView Of(HttpContext context, Session? session)
    {
        var parts = context.RequestServices.GetRequiredService<ServerParts>();
        var theme = context.Request.Cookies[ThemeCookie];
        return new PageView(
            theme is "light" or "dark" ? theme : null,
            session?.User.Name,
            session?.User.DisplayName,
            session?.Principal.IsAdministrator ?? false,
            context.Request.Path.Value ?? "/",
            parts.Time.GetUtcNow(),
            parts.Project().Settings.Notice
        );
    }

    /// <summary>One or two letters for the user's badge.</summary>
    public string Initials
    {
        get
        {
            var words = (DisplayName ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return words.Length > 1 ? $"{words[0][0]}{words[^1][0]}"
                : words is [{ Length: > 1 } word] ? word[..2]
                : "?";
        }
    }

    /// <summary>True for the section of the navigation that this page belongs to.</summary>
    public bool IsIn(string section) =>
        section == "/"
            ? Path == "/" || Path.StartsWith("/dashboards", StringComparison.Ordinal)
            : Path.StartsWith(section, StringComparison.Ordinal);
}
