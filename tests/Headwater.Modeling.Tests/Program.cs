using Headwater.Modeling.Tests.Publishing;
using Xunit.Runner.InProc.SystemConsole;

namespace Headwater.Modeling.Tests;

/// <summary>Runs the tests, or plays the process that is killed while it builds.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments) =>
        arguments is [BuildingProcess.Command, var root]
            ? await BuildingProcess.RunAsync(root)
            : await ConsoleRunner.Run(arguments);
}
