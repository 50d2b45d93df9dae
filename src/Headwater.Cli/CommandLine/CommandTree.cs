using System.CommandLine;
using Headwater.Cli.Commands;

namespace Headwater.Cli.CommandLine;

/// <summary>The whole command line, bound to the place where it runs.</summary>
internal static class CommandTree
{
    public static RootCommand Build(CommandScope scope)
    {
        var root = new RootCommand("Headwater: one engine from a company's sources to governed numbers.");
        GlobalOptions.AddTo(root);
        foreach (
            var command in (ICliCommand[])
                [
                    new InitCommand(),
                    new SyncCommand(),
                    new BuildCommand(),
                    new RunCommand(),
                    new TestCommand(),
                    new SeedCommand(),
                    new SnapshotCommand(),
                    new RetryCommand(),
                    new RollbackCommand(),
                    new CompileCommand(),
                    new ShowCommand(),
                    new ListCommand(),
                    new ParseCommand(),
                    new DocsCommand(),
                    new SourceCommand(),
                    new RunOperationCommand(),
                    new DepsCommand(),
                    new CleanCommand(),
                    new DebugCommand(),
                    new QueryCommand(),
                    new ReconcileCommand(),
                    new RollupsCommand(),
                    new SqlCommand(),
                    new ServeCommand(),
                    new SimulateCommand(),
                    new UserCommand(),
                    new AuditCommand(),
                    new AccessCommand(),
                ]
        )
        {
            root.Subcommands.Add(command.Build(scope));
        }

        return root;
    }
}

/// <summary>One command. A class each.</summary>
internal interface ICliCommand
{
    /// <summary>The command with its options, bound to the place where it runs.</summary>
    Command Build(CommandScope scope);
}
