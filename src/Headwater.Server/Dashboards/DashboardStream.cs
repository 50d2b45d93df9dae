using System.Buffers;
using System.Globalization;
using Headwater.Query;
using Headwater.Server.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Headwater.Server.Dashboards;

/// <summary>
/// Sends a dashboard's numbers as lines of JSON, each tile as soon as it is known. When the cache has them all, they go out in one write
/// with an entity tag, and a page that has them already is told so.
/// </summary>
internal sealed class DashboardStream(TileAnswerer answerer, ServerOptions options)
{
    public const string MediaType = "application/x-ndjson";

    public async Task SendAsync(HttpContext context, DashboardPlan plan)
    {
        var session = context.Session();
        var (principal, origin, leaving) = (session.Principal, context.Origin(), context.RequestAborted);
        var known = new List<TileAnswer>(plan.Tiles.Count);
        var asked = new List<Task<TileAnswer>>();
        var next = 0;

        // The cache answers on the spot; whatever has to be run stops this loop at the bound and is awaited below.
        for (; next < plan.Tiles.Count && asked.Count < options.TileParallelism; next++)
        {
            var answer = answerer.AnswerAsync(plan.Tiles[next], principal, origin, leaving);
            if (answer.IsCompletedSuccessfully)
            {
                known.Add(answer.Result);
            }
            else
            {
                asked.Add(answer.AsTask());
            }
        }

        var response = context.Response;
        if (asked.Count == 0 && IsUnchanged(context, known))
        {
            return;
        }

        response.ContentType = MediaType;
        response.Headers.CacheControl = "private, no-cache";
        var output = response.BodyWriter;
        TileLine.WriteFilters(output, plan.Filters);
        known.ForEach(answer => TileLine.Write(output, answer));
        while (asked.Count > 0)
        {
            await output.FlushAsync(leaving);
            var done = await Task.WhenAny(asked);
            asked.Remove(done);
            if (next < plan.Tiles.Count)
            {
                asked.Add(answerer.AnswerAsync(plan.Tiles[next++], principal, origin, leaving).AsTask());
            }

            TileLine.Write(output, await done);
        }

        TileLine.WriteEnd(output);
        await output.FlushAsync(leaving);
    }

    private static bool IsUnchanged(HttpContext context, List<TileAnswer> answers)
    {
        if (TagOf(answers) is not { } tag)
        {
            return false;
        }

        context.Response.Headers.ETag = tag;
        if (context.Request.Headers[HeaderNames.IfNoneMatch] != tag)
        {
            return false;
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    // FNV-1a over the answers' own tags: they are hashes already, this only joins them.
    private static string? TagOf(List<TileAnswer> answers)
    {
        const ulong prime = 1099511628211;
        var hash = 14695981039346656037;
        foreach (var answer in answers)
        {
            if (answer.Problem is not null)
            {
                return null;
            }

            Join(answer.Main);
            Join(answer.Compared);
            Join(answer.Trend);
        }

        return string.Create(CultureInfo.InvariantCulture, $"\"{hash:x16}\"");

        void Join(Reply? reply)
        {
            foreach (var letter in reply?.Answer.EntityTag ?? "-")
            {
                hash = (hash ^ letter) * prime;
            }
        }
    }
}
