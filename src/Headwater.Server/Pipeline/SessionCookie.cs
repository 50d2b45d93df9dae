using Headwater.Platform.Sessions;
using Microsoft.AspNetCore.Http;

namespace Headwater.Server.Pipeline;

/// <summary>The cookie that carries a session's token. Out of reach for scripts; sent to this site alone.</summary>
internal static class SessionCookie
{
    private const string Name = "hw_session";
    private const string Key = Name + "=";

    /// <summary>How long the browser keeps it. The server ends sessions sooner when they are not used.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>The session of a request, or null. Reads the header in place: this is on the path of every request.</summary>
    public static Session? Find(HttpRequest request, SessionStore sessions)
    {
        foreach (var header in request.Headers.Cookie)
        {
            var rest = header.AsSpan();
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf(';');
                var cookie = (end < 0 ? rest : rest[..end]).Trim();
                if (cookie.StartsWith(Key, StringComparison.Ordinal))
                {
                    return sessions.Find(cookie[Key.Length..]);
                }

                rest = end < 0 ? [] : rest[(end + 1)..];
            }
        }

        return null;
    }

    public static void Set(HttpContext context, string token) =>
        context.Response.Cookies.Append(Name, token, Options(context, Kept));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    private static CookieOptions Options(HttpContext context, TimeSpan? kept) =>
        new()
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
            MaxAge = kept,
        };
}
