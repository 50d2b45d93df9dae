using Headwater.Kernel.Diagnostics;
using Headwater.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headwater.Platform.Tests;

public sealed class FullDiskTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_full_disk_is_one_diagnostic_and_loses_nothing()
    {
        using var disk = SmallDisk.TryMount(64 * 1024);
        Assert.SkipWhen(disk is null, "a small disk cannot be mounted here");
        await using (var platform = await OpenAsync(disk.Folder))
        {
            await platform.Settings.SetAsync("kept", "yes", None);
        }

        // No room at all, then room for a page but for no segment of the audit log.
        foreach (var left in new[] { 0, 100 * 1024 })
        {
            disk.Fill(left);
            var refused = await Assert.ThrowsAsync<DiagnosticException>(() => OpenAsync(disk.Folder));
            Assert.Equal("HW7005", refused.Diagnostic.Code);
        }

        Assert.Empty(Directory.GetFiles(Path.Combine(disk.Folder, "audit")));
        disk.Free();
        await using var again = await OpenAsync(disk.Folder);
        Assert.Equal("yes", await again.Settings.FindAsync("kept", None));
    }

    [Fact]
    public async Task A_first_start_without_room_leaves_nothing_in_the_way()
    {
        using var disk = SmallDisk.TryMount(64 * 1024);
        Assert.SkipWhen(disk is null, "a small disk cannot be mounted here");
        foreach (var kilobytes in new[] { 0, 4, 8, 12, 16, 20, 32, 64, 256, 600, 4096 })
        {
            disk.Fill(kilobytes * 1024L);
            var refused = await Assert.ThrowsAsync<DiagnosticException>(() =>
                OpenAsync(Path.Combine(disk.Folder, $"{kilobytes}"))
            );
            Assert.True(refused.Diagnostic.Code == "HW7005", refused.Message);
            disk.Free();
            await (await OpenAsync(Path.Combine(disk.Folder, $"{kilobytes}"))).DisposeAsync();
        }
    }

    private static Task<PlatformHost> OpenAsync(string home) =>
        PlatformHost.OpenAsync(new PlatformOptions(home), TimeProvider.System, NullLogger.Instance, None);
}
