using Headwater.Platform.Audit;
using Headwater.Platform.Catalog;
using Headwater.Platform.Passports;
using Headwater.Platform.Runs;
using Headwater.Platform.Sessions;
using Headwater.Platform.Settings;
using Headwater.Platform.SigningIn;
using Headwater.Platform.Users;
using Microsoft.Extensions.Logging;

namespace Headwater.Platform;

/// <summary>
/// The open platform: users, sessions, runs, settings and the audit log over one catalog. One instance for a home folder; safe for
/// several threads. Its housekeeping (disk, imports, ended sessions) runs in the background until it is disposed.
/// </summary>
public sealed class PlatformHost : IAsyncDisposable
{
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ImportEvery = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CatalogStore _catalog;
    private readonly ILogger _log;
    private Task _keeping = Task.CompletedTask;
    private int _disposed;

    private PlatformHost(
        CatalogStore catalog,
        PlatformOptions options,
        SessionStore sessions,
        UserStore users,
        TimeProvider time,
        ILogger log
    )
    {
        _catalog = catalog;
        _log = log;
        Users = users;
        Sessions = sessions;
        Runs = new RunStore(catalog, time);
        Settings = new SettingStore(catalog, time);
        MetricHistory = new MetricHistory(catalog, time);
        Audit = new AuditLog(Path.Combine(options.Home, "audit"), catalog, time);
        SignIn = new SignInDesk(catalog, users, sessions, options, Audit, time);
    }

    public UserStore Users { get; }

    public SessionStore Sessions { get; }

    public SignInDesk SignIn { get; }

    public RunStore Runs { get; }

    public SettingStore Settings { get; }

    /// <summary>When definitions of metrics have changed.</summary>
    public MetricHistory MetricHistory { get; }

    /// <summary>The sink for the gate.</summary>
    public AuditLog Audit { get; }

    /// <summary>Opens the catalog, made or brought up to date as needed, and starts the housekeeping.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW7001 to HW7005.</exception>
    public static async Task<PlatformHost> OpenAsync(
        PlatformOptions options,
        TimeProvider time,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        PrivateFolder.Create(options.Home);
        var catalog = await CatalogStore.OpenAsync(
            Path.Combine(options.Home, "catalog.duckdb"),
            time,
            cancellationToken
        );
        try
        {
            var users = new UserStore(catalog, time);
            var sessions = await SessionStore.OpenAsync(catalog, users, options, time, cancellationToken);
            var host = new PlatformHost(catalog, options, sessions, users, time, log);
            await host.Runs.LoseRunningAsync(cancellationToken);
            host._keeping = Task.WhenAll(
                host.EveryAsync(FlushEvery, time, host.FlushAsync, host._stopping.Token),
                host.EveryAsync(ImportEvery, time, host.ImportAsync, host._stopping.Token)
            );
            return host;
        }
        catch
        {
            await catalog.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes sure that somebody can sign in. Called by the server at its start.</summary>
    /// <returns>What to tell the operator; a link's token is told this once.</returns>
    public Task<FirstSignIn> EnsureAdministratorAsync(PlatformOptions options, CancellationToken cancellationToken) =>
        FirstAdministrator.EnsureAsync(Users, SignIn, options.AdministratorPassword, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _keeping;
        try
        {
            Audit.Flush();
            await Audit.ImportAsync(quietly: false, CancellationToken.None);
            await Sessions.SaveAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or DuckDb.Errors.DuckDbException)
        {
            // The segments stay, and the next start imports them.
            PlatformLog.ClosingFailed(_log, exception);
        }
        finally
        {
            Audit.Dispose();
            await _catalog.DisposeAsync();
            _stopping.Dispose();
        }
    }

    private Task FlushAsync(CancellationToken cancellationToken)
    {
        Audit.Flush();
        return Task.CompletedTask;
    }

    private async Task ImportAsync(CancellationToken cancellationToken)
    {
        await Audit.ImportAsync(quietly: true, cancellationToken);
        await Sessions.SaveAsync(cancellationToken);
    }

    private async Task EveryAsync(
        TimeSpan period,
        TimeProvider time,
        Func<CancellationToken, Task> keepAsync,
        CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(period, time);
        while (true)
        {
            try
            {
                await timer.WaitForNextTickAsync(cancellationToken);
                await keepAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (exception is IOException or DuckDb.Errors.DuckDbException)
            {
                // A full disk must not end the housekeeping: it is said, and tried again.
                PlatformLog.HousekeepingFailed(_log, exception);
            }
        }
    }
}
