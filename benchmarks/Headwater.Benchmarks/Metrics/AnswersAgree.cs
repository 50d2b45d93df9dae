using System.Globalization;
using System.Text;
using System.Text.Json;
using Headwater.DuckDb.Results;

namespace Headwater.Benchmarks.Metrics;

/// <summary>Two ways that are timed against each other must give the same numbers, or the figures say nothing.</summary>
internal static class AnswersAgree
{
    /// <summary>Compares the number of rows, and the sum of all numbers in them.</summary>
    /// <exception cref="InvalidOperationException">The server refuses, or its answer is another than that of the hand-written SQL.</exception>
    public static async Task CheckAsync(
        PharmaStar star,
        HttpClient client,
        DashboardQuery query,
        CancellationToken cancellationToken
    )
    {
        using var body = new StringContent(query.Request, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/api/v1/query", body, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{query.Name}: {text}");
        }

        using var ours = JsonDocument.Parse(text);
        using var bare = JsonDocument.Parse(
            ReadText(
                star,
                $"select coalesce(to_json(list(answer)), '[]')::varchar from ({query.Sql}) as answer",
                cancellationToken
            )
        );
        var got = Sum(ours.RootElement.GetProperty("rows"));
        var expected = Sum(bare.RootElement);
        if (got != expected)
        {
            throw new InvalidOperationException($"{query.Name}: {got} instead of {expected}, as the SQL gives");
        }
    }

    private static string ReadText(PharmaStar star, string sql, CancellationToken cancellationToken)
    {
        using var statement = star.Bare.Prepare(sql);
        using var result = statement.Execute(cancellationToken);
        using var chunk = result.Fetch(cancellationToken)!;
        return Encoding.UTF8.GetString(DuckDbString.Bytes(in chunk.Vector(0).Values<DuckDbString>()[0]));
    }

    private static (int Rows, decimal Total) Sum(JsonElement rows) =>
        (
            rows.GetArrayLength(),
            decimal.Round(
                rows.EnumerateArray()
                    .Sum(row =>
                        row.ValueKind == JsonValueKind.Array
                            ? row.EnumerateArray().Sum(Number)
                            : row.EnumerateObject().Sum(member => Number(member.Value))
                    ),
                2
            )
        );

    private static decimal Number(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDecimal(),
            // Decimals travel as texts, so that none of their digits is lost.
            JsonValueKind.String
                when decimal.TryParse(
                    value.GetString(),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var number
                ) => number,
            _ => 0,
        };
}
