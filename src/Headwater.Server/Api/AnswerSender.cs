using Headwater.Query;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Headwater.Server.Api;

/// <summary>Sends an answer as the gate encoded it: a repeated one costs a lookup and a write.</summary>
internal static class AnswerSender
{
    public static ValueTask SendAsync(HttpContext context, Reply reply)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.ETag = reply.Answer.EntityTag;
        response.Headers.CacheControl = "private, no-cache";
        if (request.Headers[HeaderNames.IfNoneMatch] == reply.Answer.EntityTag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return ValueTask.CompletedTask;
        }

        response.ContentType = "application/json";
        response.ContentLength = reply.Answer.Json.Length;
        var write = response.BodyWriter.WriteAsync(reply.Answer.Json, context.RequestAborted);
        return write.IsCompletedSuccessfully ? ValueTask.CompletedTask : AwaitAsync(write);

        static async ValueTask AwaitAsync(ValueTask<System.IO.Pipelines.FlushResult> write) => await write;
    }
}
