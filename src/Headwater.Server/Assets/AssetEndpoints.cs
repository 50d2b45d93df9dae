using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headwater.Server.Assets;

internal static class AssetEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var assets = routes.MapGroup("").ExcludeFromDescription();
        assets.MapGet("/assets/{name}", (string name, HttpContext context) => SendAsync(name, context));
        // Browsers ask for it where an answer is no page that could name its own.
        assets.MapGet("/favicon.ico", () => Results.Redirect(AssetCatalog.Bundled["favicon.svg"]));
    }

    private static async Task SendAsync(string name, HttpContext context)
    {
        var response = context.Response;
        if (AssetCatalog.Bundled.Find(name) is not { } asset)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var packed =
            asset.Brotli is not null
            && context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        var content = packed ? asset.Brotli! : asset.Content;
        if (packed)
        {
            response.Headers.ContentEncoding = "br";
        }

        // The name changes with the content, so what is at this address never does.
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = "Accept-Encoding";
        response.ContentType = asset.MediaType;
        response.ContentLength = content.Length;
        await response.BodyWriter.WriteAsync(content, context.RequestAborted);
    }
}
