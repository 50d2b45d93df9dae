using Microsoft.AspNetCore.Http;

namespace Headwater.Server.Pipeline;

/// <summary>
/// Whether a request that changes something, or carries a body, was made by this site's own pages. Browsers say so themselves
/// (Fetch Metadata, else Origin); programs that send neither bring no cookie of a victim with them.
/// </summary>
internal static class SameOrigin
{
    public static bool Holds(HttpRequest request)
    {
        if (
            HttpMethods.IsGet(request.Method)
            || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method)
        )
        {
            return true;
        }

        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0)
        {
            return site.Count == 1 && site[0] is "same-origin" or "none";
        }

        var origin = request.Headers.Origin;
        return origin.Count == 0
            || (
                origin.Count == 1
                && string.Equals(origin[0], $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            );
    }
}
