using Headwater.Cli.CommandLine;

Console.OutputEncoding = System.Text.Encoding.UTF8;

// Lives as long as the process: a signal may come in while the command is already ending.
var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl+C ends the work in an orderly way, the second the process.
    pressed.Cancel = !stopping.IsCancellationRequested;
    stopping.Cancel();
};
using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(
    System.Runtime.InteropServices.PosixSignal.SIGTERM,
    signal =>
    {
        signal.Cancel = true;
        stopping.Cancel();
    }
);
var scope = new CommandScope(Console.Out, Console.Error, Environment.CurrentDirectory, args, Held: null);
return await CommandRunner.RunAsync(scope, stopping.Token);
