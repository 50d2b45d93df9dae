using System.CommandLine;
using System.Globalization;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Cli.Output.Documents;
using Headwater.Cli.Remote;
using Headwater.Kernel.Names;
using Headwater.Platform.Projects;
using Headwater.Platform.Users;
using Headwater.Platform.Workspaces;
using Headwater.Query;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater user</c>: who can sign in, and as what.</summary>
internal sealed class UserCommand : ICliCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "What they sign in with" };

    private static readonly Option<string[]> Roles = new("--role")
    {
        Description = "A role; may be repeated",
        HelpName = "ROLE",
    };

    private static readonly Option<string[]> Attributes = new("--attribute")
    {
        Description = "A value for row rules; may be repeated",
        HelpName = "NAME=VALUE",
    };

    private static readonly string[] Heading = ["name", "roles", "attributes", "last sign-in", "access"];

    private static readonly Option<string> DisplayName = new("--display-name")
    {
        Description = "What people call them",
    };

    public Command Build(CommandScope scope)
    {
        var add = new Command("add", "Add a user, and print a one-time sign-in link")
        {
            Name,
            DisplayName,
            Roles,
            Attributes,
        };
        add.SetAction(
            (parsed, token) =>
                Run(scope, parsed, (project, workspace) => AddAsync(scope, parsed, project, workspace, token), token)
        );
        var set = new Command("set", "Set a user's roles and attributes") { Name, Roles, Attributes };
        set.SetAction(
            (parsed, token) =>
                Run(
                    scope,
                    parsed,
                    (project, workspace) => SetAsync(scope, parsed, project, workspace.Platform.Users, token),
                    token
                )
        );
        var link = new Command("link", "Print a one-time sign-in link for a user") { Name };
        link.SetAction(
            (parsed, token) => Run(scope, parsed, (_, workspace) => LinkAsync(scope, parsed, workspace, token), token)
        );
        var disable = new Command("disable", "End a user's access now") { Name };
        disable.SetAction(
            (parsed, token) =>
                Run(
                    scope,
                    parsed,
                    (_, workspace) => DisableAsync(scope, parsed, workspace.Platform.Users, token),
                    token
                )
        );
        var list = new Command("list", "List the users");
        list.SetAction(
            (parsed, token) =>
                Run(scope, parsed, (_, workspace) => ListAsync(scope, parsed, workspace.Platform.Users, token), token)
        );
        return new Command("user", "Who can sign in") { add, set, link, disable, list };
    }

    private static Task<int> Run(
        CommandScope scope,
        ParseResult parsed,
        Func<LoadedProject, Workspace, Task> work,
        CancellationToken cancellationToken
    ) =>
        scope.WithWorkspaceAsync(
            GlobalOptions.Read(parsed, scope),
            withFiles: false,
            async (workspace, project) =>
            {
                await work(project, workspace);
                return CommandRunner.Done;
            },
            cancellationToken
        );

    private static async Task AddAsync(
        CommandScope scope,
        ParseResult parsed,
        LoadedProject project,
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        var name = parsed.GetValue(Name)!;
        var user = await workspace.Platform.Users.AddAsync(
            name,
            parsed.GetValue(DisplayName) ?? name,
            null,
            ReadRoles(parsed, project),
            ReadAttributes(parsed),
            cancellationToken
        );
        await PrintLinkAsync(scope, parsed, workspace, user, cancellationToken);
    }

    private static async Task SetAsync(
        CommandScope scope,
        ParseResult parsed,
        LoadedProject project,
        UserStore users,
        CancellationToken cancellationToken
    )
    {
        var user = await FindAsync(parsed, users, cancellationToken);
        var changed = user with
        {
            Roles = parsed.GetResult(Roles) is null ? user.Roles : ReadRoles(parsed, project),
            Attributes = parsed.GetResult(Attributes) is null ? user.Attributes : ReadAttributes(parsed),
        };
        await users.UpdateAsync(changed, cancellationToken);
        PrintChanged(scope, parsed, changed);
    }

    private static async Task LinkAsync(
        CommandScope scope,
        ParseResult parsed,
        Workspace workspace,
        CancellationToken cancellationToken
    ) =>
        await PrintLinkAsync(
            scope,
            parsed,
            workspace,
            await FindAsync(parsed, workspace.Platform.Users, cancellationToken),
            cancellationToken
        );

    private static async Task DisableAsync(
        CommandScope scope,
        ParseResult parsed,
        UserStore users,
        CancellationToken cancellationToken
    )
    {
        var changed = await FindAsync(parsed, users, cancellationToken) with { Disabled = true };
        await users.UpdateAsync(changed, cancellationToken);
        PrintChanged(scope, parsed, changed);
    }

    private static async Task ListAsync(
        CommandScope scope,
        ParseResult parsed,
        UserStore users,
        CancellationToken cancellationToken
    )
    {
        var all = await users.ListAsync(cancellationToken);
        switch (GlobalOptions.OutputOf(parsed))
        {
            case OutputFormat.Json:
                JsonPrinter.Print(new { users = all.Select(UserDocument.Of) }, scope.Out);
                break;
            case OutputFormat.Csv:
                CsvTable.Print([UserDocument.Heading, .. all.Select(user => UserDocument.Of(user).Row)], scope.Out);
                break;
            default:
                PrintTable(all, scope.Out);
                break;
        }
    }

    private static void PrintTable(IEnumerable<User> users, TextWriter output)
    {
        var rows = new List<string[]> { Heading };
        foreach (var user in users)
        {
            var attributes = user.Attributes.Select(item => $"{item.Key}={string.Join('|', item.Value)}");
            rows.Add([
                user.Name,
                string.Join(' ', user.Roles),
                string.Join(' ', attributes),
                user.LastSignInAt?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "never",
                user.Disabled ? "ended" : "yes",
            ]);
        }

        TextTable.Print(rows, [false, false, false, false, false], output);
    }

    private static void PrintChanged(CommandScope scope, ParseResult parsed, User user)
    {
        if (GlobalOptions.OutputOf(parsed) == OutputFormat.Json)
        {
            JsonPrinter.Print(new { user = UserDocument.Of(user) }, scope.Out);
        }
    }

    private static async Task PrintLinkAsync(
        CommandScope scope,
        ParseResult parsed,
        Workspace workspace,
        User user,
        CancellationToken cancellationToken
    )
    {
        var token = await workspace.Platform.SignIn.MakeLinkAsync(user, cancellationToken);
        // The server that this runs in may listen elsewhere than the project says.
        var server = scope.Held is null ? null : ServerFile.Read(workspace.Options.Home);
        var address =
            server?.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)
            ?? $"http://localhost:{workspace.Project.Folder.Settings.Port}";
        var link = $"{address}/welcome/{token}";
        if (GlobalOptions.OutputOf(parsed) == OutputFormat.Json)
        {
            JsonPrinter.Print(new { user = UserDocument.Of(user), link }, scope.Out);
        }
        else
        {
            await scope.Out.WriteLineAsync(link);
        }

        await scope.Error.WriteLineAsync("The link works once, for a day, on the server's own address.");
    }

    private static async Task<User> FindAsync(ParseResult parsed, UserStore users, CancellationToken cancellationToken)
    {
        var name = parsed.GetValue(Name)!;
        return await users.FindAsync(name, cancellationToken)
            ?? throw CliDiagnostics.UnknownUser.With(name).ToException();
    }

    // A role that nobody defined would be granted in silence, and allow nothing.
    private static string[] ReadRoles(ParseResult parsed, LoadedProject project)
    {
        string[] known = [Principal.AdministratorRole, .. project.Folder.Roles.Select(role => role.Name)];
        var roles = parsed.GetValue(Roles) ?? [];
        return roles.FirstOrDefault(role => !known.Contains(role, StringComparer.Ordinal)) is { } unknown
            ? throw (
                CliDiagnostics.UnknownRole.With(unknown) with
                {
                    Hint = NearestName.Hint(unknown, known),
                }
            ).ToException()
            : roles;
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadAttributes(ParseResult parsed)
    {
        var attributes = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var text in parsed.GetValue(Attributes) ?? [])
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } name, var value])
            {
                throw CliDiagnostics.BadAttribute.With(text).ToException();
            }

            if (!attributes.TryGetValue(name, out var values))
            {
                attributes[name] = values = [];
            }

            values.Add(value);
        }

        return attributes.ToDictionary(
            item => item.Key,
            item => (IReadOnlyList<string>)item.Value,
            StringComparer.Ordinal
        );
    }
}
