using Headwater.Kernel.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Headwater.Server.Problems;

/// <summary>The HTTP status of a diagnostic. What is not listed is the asker's mistake: 400.</summary>
internal static class ProblemStatus
{
    public static int Of(Diagnostic diagnostic) =>
        diagnostic.Code switch
        {
            "HW8003" or "HW7020" or "HW7022" => StatusCodes.Status401Unauthorized,
            "HW8004" or "HW8005" or "HW5001" => StatusCodes.Status403Forbidden,
            "HW8001" or "HW8010" or "HW8011" or "HW8015" or "HW8016" or "HW5120" or "HW5121" or "HW5130" =>
                StatusCodes.Status404NotFound,
            "HW8006" => StatusCodes.Status405MethodNotAllowed,
            "HW5402" => StatusCodes.Status409Conflict,
            "HW7021" => StatusCodes.Status429TooManyRequests,
            "HW5301" => StatusCodes.Status504GatewayTimeout,
            "HW5302" => StatusCodes.Status422UnprocessableEntity,
            "HW5003" or "HW5303" or "HW5304" => StatusCodes.Status503ServiceUnavailable,
            "HW8099" or "HW5305" => StatusCodes.Status500InternalServerError,
            _ => StatusCodes.Status400BadRequest,
        };
}
