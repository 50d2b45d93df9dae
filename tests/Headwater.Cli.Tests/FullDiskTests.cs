using Headwater.Testing;

namespace Headwater.Cli.Tests;

public sealed class FullDiskTests
{
    private static readonly string[][] Commands =
    [
        ["build"],
        ["sync"],
        ["query", "--metrics", "revenue"],
        ["user", "list"],
    ];

    [Fact]
    public async Task On_a_full_disk_every_command_says_so_once_and_nothing_is_lost()
    {
        using var disk = SmallDisk.TryMount(96 * 1024);
        Assert.SkipWhen(disk is null, "a small disk cannot be mounted here");
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        string[] place = ["--project", "shop", "--home", Path.Combine(disk.Folder, "home")];
        var built = await session.RunAsync(["build", .. place]);
        Assert.True(built.Exit == 0, built.Error);

        foreach (var left in new[] { 0, 4 << 10, 128 << 10, 4 << 20 })
        {
            disk.Fill(left);
            foreach (var command in Commands)
            {
                var refused = await session.RunAsync([.. command, .. place]);
                var said = $"{command[0]} with {left} bytes left:\n{refused.Error}";
                Assert.True(refused.Exit == 1, said);
                Assert.True(refused.Error.Split("error HW").Length == 2, said);
                Assert.True(SaysFull(refused.Error), said);
            }
        }

        disk.Free();
        var asked = await session.RunAsync(["query", "--metrics", "revenue,orders", "--output", "csv", .. place]);
        Assert.Contains("712.50,6", asked.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_start_on_a_full_disk_does_not_hinder_the_next()
    {
        using var disk = SmallDisk.TryMount(96 * 1024);
        Assert.SkipWhen(disk is null, "a small disk cannot be mounted here");
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        foreach (var left in new[] { 0, 8 << 10, 20 << 10, 128 << 10, 4 << 20 })
        {
            string[] place = ["--project", "shop", "--home", Path.Combine(disk.Folder, $"home-{left}")];
            disk.Fill(left);
            var refused = await session.RunAsync(["build", .. place]);
            disk.Free();
            var built = await session.RunAsync(["build", .. place]);

            Assert.True(refused.Exit == 1, refused.Error);
            Assert.True(SaysFull(refused.Error), refused.Error);
            Assert.True(built.Exit == 0, $"after {left} bytes left:\n{refused.Error}\n{built.Error}");
        }
    }

    // Of the two databases, the one that is opened first meets the full disk.
    private static bool SaysFull(string said) =>
        said.Contains("HW7005", StringComparison.Ordinal) || said.Contains("HW6009", StringComparison.Ordinal);
}
