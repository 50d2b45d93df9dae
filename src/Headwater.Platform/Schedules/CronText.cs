using Headwater.Kernel.Diagnostics;
using Headwater.Project.Resources.Sources;
using Headwater.Sources;
using Quartz;

namespace Headwater.Platform.Schedules;

/// <summary>Reads the five-field cron of source files.</summary>
internal static class CronText
{
    public static CronExpression? Parse(string text) =>
        CronExpression.TryParse(text, CronFormat.Unix, out var expression) ? expression : null;

    public static void Validate(SourceDefinition source, DiagnosticBag diagnostics)
    {
        if (source.Schedule is { } schedule && Parse(schedule.Text) is null)
        {
            diagnostics.Add(SourceDiagnostics.BadSchedule.At(schedule.Location, schedule.Text));
        }
    }
}
