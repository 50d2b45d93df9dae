using Xunit.Runner.InProc.SystemConsole;

namespace Headwater.Sources.Tests;

/// <summary>Runs the tests, or plays the process that is killed while it lands.</summary>
internal static class Program
{
    public const string LandCommand = "land-folder";

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is [LandCommand, var root, var stream, .. var rest])
        {
            await using var folder = new LandingFolder(
                root,
                rest.Length > 0 ? new PostgresLandingWarehouse(rest) : null
            );
            await folder.OpenAsync();
            var source = folder.Define(stream);
            await Console.Out.WriteLineAsync("landing");
            await folder.Lander.LandAsync(source, progress: null, CancellationToken.None);
            await Console.Out.WriteLineAsync("landed");
            return 0;
        }

        return await ConsoleRunner.Run(arguments);
    }
}
