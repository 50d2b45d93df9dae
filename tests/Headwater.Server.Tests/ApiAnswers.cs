using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Headwater.Server.Tests;

/// <summary>Reading what the API answers.</summary>
internal static class ApiAnswers
{
    public static async Task<long> FigureAsync(HttpClient client, string path, string tile)
    {
        var lines = await LinesAsync(client, path);
        var line = lines.Single(line => line.TryGetProperty("tile", out var id) && id.GetString() == tile);
        return line.GetProperty("table").GetProperty("rows")[0][0].GetInt64();
    }

    public static async Task<List<JsonElement>> LinesAsync(HttpClient client, string path)
    {
        var text = await client.GetStringAsync(new Uri(path, UriKind.Relative));
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];
    }

    public static async Task<JsonDocument> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text);
    }

    public static List<string?> Column(JsonDocument result, int column) =>
        [.. result.RootElement.GetProperty("rows").EnumerateArray().Select(row => row[column].GetString())];

    public static string ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    public static string Unescaped(string json) => System.Text.RegularExpressions.Regex.Unescape(json);
}
