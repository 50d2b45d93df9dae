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
internal sealed class DashboardStream(TileAnswerer answerer, BodyCache bodies, ServerOptions options)
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

        context.Response.Headers.CacheControl = "private, no-cache";
        if (asked.Count == 0 && known.TrueForAll(answer => answer.IsFromCache))
        {
            await SendWholeAsync(context, plan, known);
            return;
        }

        context.Response.ContentType = MediaType;
        var output = context.Response.BodyWriter;
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

    private async ValueTask SendWholeAsync(HttpContext context, DashboardPlan plan, List<TileAnswer> known)
    {
        var answers = AnswersOf(known);
        var body = bodies.Find(plan, answers);
        if (body is null)
        {
            body = new BodyCache.Body(answers, TagOf(answers), Encode(plan, known));
            bodies.Store(plan, body);
        }

        var response = context.Response;
        response.Headers.ETag = body.Tag;
        if (context.Request.Headers[HeaderNames.IfNoneMatch] == body.Tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = MediaType;
        response.ContentLength = body.Content.Length;
        await response.BodyWriter.WriteAsync(body.Content, context.RequestAborted);
    }

    private static byte[] Encode(DashboardPlan plan, List<TileAnswer> known)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        TileLine.WriteFilters(buffer, plan.Filters);
        known.ForEach(answer => TileLine.Write(buffer, answer));
        TileLine.WriteEnd(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static List<Answer> AnswersOf(List<TileAnswer> known)
    {
        var answers = new List<Answer>(known.Count * 3);
        foreach (var tile in known)
        {
            answers.Add(tile.Main.Answer);
            if (tile.Compared is { } compared)
            {
                answers.Add(compared.Answer);
            }

            if (tile.Trend is { } trend)
            {
                answers.Add(trend.Answer);
            }
        }

        return answers;
    }

    // FNV-1a over the answers' own tags: they are hashes already, this only joins them.
    private static string TagOf(List<Answer> answers)
    {
        const ulong prime = 1099511628211;
        var hash = 14695981039346656037;
        foreach (var letter in answers.SelectMany(answer => answer.EntityTag))
        {
            hash = (hash ^ letter) * prime;
        }

        return string.Create(CultureInfo.InvariantCulture, $"\"{hash:x16}\"");
    }
}
