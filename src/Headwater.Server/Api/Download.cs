using Headwater.Kernel.Names;
using Headwater.Query;
using Headwater.Server.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Headwater.Server.Api;

/// <summary>Sends an answer as a file.</summary>
internal static class Download
{
    private static readonly Dictionary<string, (ExportFormat Format, string MediaType)> Formats = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["csv"] = (ExportFormat.Csv, "text/csv; charset=utf-8"),
        ["xlsx"] = (ExportFormat.Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ["json"] = (ExportFormat.Json, "application/json"),
        ["ndjson"] = (ExportFormat.Ndjson, "application/x-ndjson"),
        ["parquet"] = (ExportFormat.Parquet, "application/vnd.apache.parquet"),
    };

    /// <param name="path">The door: what a dashboard shows may be taken along by whoever may view it, a question of one's own takes the right to ask it.</param>
    /// <param name="title">The file's name, without its ending.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW8013, or what the gate says; nothing was sent then.</exception>
    public static async Task SendAsync(
        HttpContext context,
        IGate gate,
        Question question,
        QuestionPath path,
        string title,
        string format,
        CancellationToken cancellationToken
    )
    {
        if (!Formats.TryGetValue(format, out var known))
        {
            throw (ServerDiagnostics.UnknownFormat.With(format).Suggesting(format, Formats.Keys)).ToException();
        }

        // Writers of archives write synchronously; they write into the pipe's memory, and the pipe alone waits for the network.
        if (context.Features.Get<IHttpBodyControlFeature>() is { } body)
        {
            body.AllowSynchronousIO = true;
        }

        var response = context.Response;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{FileName(title)}.{format.ToLowerInvariant()}");
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "private, no-store";
        response.ContentType = known.MediaType;
        try
        {
            var inquiry = new Inquiry(question, context.Session().Principal, path, context.Origin());
            await gate.ExportAsync(inquiry, known.Format, response.Body, cancellationToken);
        }
        catch when (!response.HasStarted)
        {
            response.Headers.ContentDisposition = default;
            throw;
        }
    }

    private static string FileName(string title)
    {
        var name = new string([.. title.Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')]);
        var words = string.Join('-', name.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return words.Length == 0 ? "headwater"
            : words.Length > 80 ? words[..80]
            : words;
    }
}
