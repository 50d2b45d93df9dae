using Microsoft.Extensions.Logging;

namespace Headwater.Platform;

internal static partial class PlatformLog
{
    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The audit log or the sessions could not be saved; this is tried again."
    )]
    public static partial void HousekeepingFailed(ILogger log, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The audit log or the sessions could not be saved at the end; the next start imports the audit log."
    )]
    public static partial void ClosingFailed(ILogger log, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The scheduled landing of {Source} failed.")]
    public static partial void ScheduledRunFailed(ILogger log, string source, Exception exception);
}
