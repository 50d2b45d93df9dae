using System.Globalization;
using System.Text.Json;

namespace Headwater.Benchmarks.Frame;

/// <summary>Shows measurements to people and to programs.</summary>
internal static class Reports
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void WriteTableHead(TextWriter output) =>
        output.WriteLine($"{"measurement", -58} {"value", 14} {"unit", -8} {"95 %", -15} {"bar", -14} result");

    public static void WriteTableRow(TextWriter output, Measurement measurement)
    {
        var range = measurement.Confidence is { } confidence
            ? $"{Number(confidence.Low)}–{Number(confidence.High)}"
            : "";
        var bar = measurement.Bar is { } limit ? (limit.IsFloor ? "≥ " : "≤ ") + Number(limit.Limit) : "";
        var result =
            measurement.Bar is null ? ""
            : measurement.Passed ? "passed"
            : "MISSED";
        var value = measurement.Value is { } figure ? Number(figure) : "not measured";
        output.WriteLine(
            $"{measurement.Name, -58} {value, 14} {measurement.Unit, -8} {range, -15} {bar, -14} {result}"
        );
    }

    public static void WriteJson(
        TextWriter output,
        IReadOnlyList<(string Group, Measurement Measurement)> measurements
    ) =>
        output.WriteLine(
            JsonSerializer.Serialize(
                measurements.Select(item => new
                {
                    item.Group,
                    item.Measurement.Name,
                    item.Measurement.Value,
                    item.Measurement.Unit,
                    Low = item.Measurement.Confidence?.Low,
                    High = item.Measurement.Confidence?.High,
                    Floor = item.Measurement.Bar is { IsFloor: true } floor ? floor.Limit : (double?)null,
                    Ceiling = item.Measurement.Bar is { IsFloor: false } ceiling ? ceiling.Limit : (double?)null,
                    item.Measurement.Passed,
                }),
                Indented
            )
        );

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 1000 ? "N0" : "0.###", CultureInfo.InvariantCulture);
}
