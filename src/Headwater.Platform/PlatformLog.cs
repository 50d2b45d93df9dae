using Microsoft.Extensions.Logging;

namespace Headwater.Platform;

internal static partial class PlatformLog
{
    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The audit log or the sessions could not be saved; this is tried again."
    )]
    public static partial void HousekeepingFailed(ILogger log, Exception exception);
}
