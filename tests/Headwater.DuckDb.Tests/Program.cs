using Headwater.DuckDb.Database;
using Xunit.Runner.InProc.SystemConsole;

namespace Headwater.DuckDb.Tests;

/// <summary>Runs the tests, or plays the other process that has a database open.</summary>
internal static class Program
{
    public const string HoldCommand = "hold-database";

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is [HoldCommand, var file])
        {
            using var database = DuckDbDatabase.Open(file, new Dictionary<string, string>(StringComparer.Ordinal));
            await Console.Out.WriteLineAsync("held");
            await Console.In.ReadLineAsync();
            return 0;
        }

        return await ConsoleRunner.Run(arguments);
    }
}
