using System.CommandLine;
using System.Globalization;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Platform.Users;
using Headwater.Platform.Workspaces;

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
                Run(scope, parsed, (users, workspace) => AddAsync(scope, parsed, users, workspace, token), token)
        );
        var set = new Command("set", "Set a user's roles and attributes") { Name, Roles, Attributes };
        set.SetAction((parsed, token) => Run(scope, parsed, (users, _) => SetAsync(parsed, users, token), token));
        var link = new Command("link", "Print a one-time sign-in link for a user") { Name };
        link.SetAction(
            (parsed, token) =>
                Run(scope, parsed, (users, workspace) => LinkAsync(scope, parsed, users, workspace, token), token)
        );
        var disable = new Command("disable", "End a user's access now") { Name };
        disable.SetAction(
            (parsed, token) => Run(scope, parsed, (users, _) => DisableAsync(parsed, users, token), token)
        );
        var list = new Command("list", "List the users");
        list.SetAction((parsed, token) => Run(scope, parsed, (users, _) => ListAsync(scope, users, token), token));
        return new Command("user", "Who can sign in") { add, set, link, disable, list };
    }

    private static Task<int> Run(
        CommandScope scope,
        ParseResult parsed,
        Func<UserStore, Workspace, Task> work,
        CancellationToken cancellationToken
    ) =>
        scope.WithWorkspaceAsync(
            GlobalOptions.Read(parsed, scope),
            withFiles: false,
            async (workspace, _) =>
            {
                await work(workspace.Platform.Users, workspace);
                return CommandRunner.Done;
            },
            cancellationToken
        );

    private static async Task AddAsync(
        CommandScope scope,
        ParseResult parsed,
        UserStore users,
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        var name = parsed.GetValue(Name)!;
        var user = await users.AddAsync(
            name,
            parsed.GetValue(DisplayName) ?? name,
            null,
            parsed.GetValue(Roles) ?? [],
            ReadAttributes(parsed),
            cancellationToken
        );
        await PrintLinkAsync(scope, workspace, user, cancellationToken);
    }

    private static async Task SetAsync(ParseResult parsed, UserStore users, CancellationToken cancellationToken)
    {
        var user = await FindAsync(parsed, users, cancellationToken);
        var changed = user with
        {
            Roles = parsed.GetResult(Roles) is null ? user.Roles : parsed.GetValue(Roles) ?? [],
            Attributes = parsed.GetResult(Attributes) is null ? user.Attributes : ReadAttributes(parsed),
        };
        await users.UpdateAsync(changed, cancellationToken);
    }

    private static async Task LinkAsync(
        CommandScope scope,
        ParseResult parsed,
        UserStore users,
        Workspace workspace,
        CancellationToken cancellationToken
    ) => await PrintLinkAsync(scope, workspace, await FindAsync(parsed, users, cancellationToken), cancellationToken);

    private static async Task DisableAsync(ParseResult parsed, UserStore users, CancellationToken cancellationToken) =>
        await users.UpdateAsync(
            await FindAsync(parsed, users, cancellationToken) with
            {
                Disabled = true,
            },
            cancellationToken
        );

    private static async Task ListAsync(CommandScope scope, UserStore users, CancellationToken cancellationToken)
    {
        var rows = new List<string[]> { Heading };
        foreach (var user in await users.ListAsync(cancellationToken))
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

        TextTable.Print(rows, [false, false, false, false, false], scope.Out);
    }

    private static async Task PrintLinkAsync(
        CommandScope scope,
        Workspace workspace,
        User user,
        CancellationToken cancellationToken
    )
    {
        var token = await workspace.Platform.SignIn.MakeLinkAsync(user, cancellationToken);
        var port = workspace.Project.Folder.Settings.Port;
        await scope.Out.WriteLineAsync($"http://localhost:{port}/welcome/{token}");
        await scope.Error.WriteLineAsync("The link works once, for a day, on the server's own address.");
    }

    private static async Task<User> FindAsync(ParseResult parsed, UserStore users, CancellationToken cancellationToken)
    {
        var name = parsed.GetValue(Name)!;
        return await users.FindAsync(name, cancellationToken)
            ?? throw CliDiagnostics.UnknownUser.With(name).ToException();
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
