using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Headwater.Kernel.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Headwater.Server.Api;

/// <summary>Reads a typed request. A field that is not known, missing or of the wrong type is one clear problem.</summary>
internal static class RequestBody
{
    /// <summary>Largest body of an API request, in bytes.</summary>
    private const int MostBytes = 256 * 1024;

    /// <exception cref="DiagnosticException">HW8002.</exception>
    public static async ValueTask<T> ReadAsync<T>(
        HttpContext context,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken,
        int mostBytes = MostBytes
    )
        where T : class
    {
        var request = context.Request;
        if (!request.HasJsonContentType())
        {
            throw Unreadable("send it as application/json").ToException();
        }

        if (request.ContentLength > mostBytes)
        {
            throw Unreadable($"it is larger than {mostBytes / 1024} kB").ToException();
        }

        if (
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is
            { IsReadOnly: false } size
        )
        {
            size.MaxRequestBodySize = mostBytes;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, cancellationToken)
                ?? throw Unreadable("it is null").ToException();
        }
        catch (JsonException exception)
        {
            // The message names the path and never a value; the names of our own types help nobody.
            var why = exception.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
                ? "a value has the wrong type."
                : exception.Message.Split(" LineNumber")[0].Split(" Path:")[0];
            throw Unreadable(why + Place(exception)).ToException(exception);
        }
    }

    private static Diagnostic Unreadable(string why) => ServerDiagnostics.BodyUnreadable.With(why);

    private static string Place(JsonException exception) =>
        exception.Path is null or "$" ? "" : $" At {exception.Path}.";
}
