using Microsoft.Extensions.Logging;

namespace Headwater.Server;

internal static partial class ServerLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Request {TraceId} to {Path} failed")]
    public static partial void RequestFailed(ILogger log, string traceId, string path, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Answers could not be prepared")]
    public static partial void PreparingFailed(ILogger log, Exception exception);
}
