namespace Headwater.Benchmarks.Modeling;

/// <summary>The command line as the doors of the repository build it.</summary>
internal static class HeadwaterProgram
{
    /// <summary>Absolute path of the executable.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var program = System.IO.Path.Combine(
                folder.FullName,
                "src/Headwater.Cli/bin/Release/net10.0",
                OperatingSystem.IsWindows() ? "headwater.exe" : "headwater"
            );
            if (File.Exists(program))
            {
                return program;
            }
        }

        throw new InvalidOperationException("The command line is not built: run ./headwater once.");
    }
}
