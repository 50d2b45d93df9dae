using System.Diagnostics;
using System.Text;

namespace Headwater.Cli.Tests;

/// <summary>A command in a process of its own, for what only a process can do: serve, and be killed.</summary>
internal sealed class HeadwaterProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private HeadwaterProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    public bool HasEnded => _process.HasExited;

    public static HeadwaterProcess Start(string folder, params string[] arguments) =>
        Start(folder, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    /// <param name="environment">Variables besides those that are there.</param>
    public static HeadwaterProcess Start(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "headwater.dll"));
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new HeadwaterProcess(new Process { StartInfo = start });
    }

    /// <summary>Waits until something was said.</summary>
    public async Task UntilAsync(string text)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!Said.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"it ended before it said '{text}':\n{Said}");
            Assert.True(DateTime.UtcNow < deadline, $"it did not say '{text}':\n{Said}");
            await Task.Delay(50);
        }
    }

    /// <summary>The plug is pulled.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it as a service manager does, and gives its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start(
            "kill",
            ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
        );
        await kill.WaitForExitAsync();
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }
    }
}
