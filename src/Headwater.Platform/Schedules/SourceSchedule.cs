using Headwater.Modeling.Building;
using Headwater.Platform.Projects;
using Headwater.Platform.Workspaces;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Headwater.Platform.Schedules;

/// <summary>
/// Lands sources when their schedules say so, in the time zone of the business, and builds what depends on those that changed. A landing that comes due
/// while another run is under way waits for it; one that was missed meanwhile runs once.
/// </summary>
public sealed class SourceSchedule : IAsyncDisposable
{
    private const string SourceKey = "source";

    private readonly StandaloneSchedulerFactory _factory;
    private readonly IScheduler _scheduler;

    private SourceSchedule(StandaloneSchedulerFactory factory, IScheduler scheduler)
    {
        _factory = factory;
        _scheduler = scheduler;
    }

    /// <summary>Starts the schedules of a workspace's project.</summary>
    public static async Task<SourceSchedule> StartAsync(
        Workspace workspace,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        var factory = QuartzSchedulerBuilder
            .Create(quartz =>
            {
                quartz.UseInMemoryStore(_ => { });
                quartz.UseDefaultThreadPool(2);
                quartz.UseJobFactory(new LandingJobs(workspace, log));
            })
            .Build();
        var scheduler = await factory.GetScheduler(cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(workspace.Project.Folder.Settings.TimeZone);
        foreach (var source in workspace.Project.Folder.Sources)
        {
            if (source.Schedule is { } schedule && CronText.Parse(schedule.Text) is { } cron)
            {
                var job = JobBuilder
                    .Create<LandingJob>()
                    .WithIdentity(source.Name)
                    .UsingJobData(SourceKey, source.Name)
                    .Build();
                var trigger = TriggerBuilder
                    .Create()
                    .WithSchedule(CronScheduleBuilder.Create(cron).InTimeZone(zone))
                    .Build();
                await scheduler.ScheduleJob(job, trigger, cancellationToken: cancellationToken);
            }
        }

        await scheduler.Start(cancellationToken);
        return new SourceSchedule(factory, scheduler);
    }

    public async ValueTask DisposeAsync()
    {
        await _scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        await _factory.DisposeAsync();
    }

    [DisallowConcurrentExecution]
    internal sealed class LandingJob(Workspace workspace, ILogger log) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var source = context.MergedJobDataMap.GetString(SourceKey)!;
            try
            {
                await RunAsync(source, cancellationToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // The run history has it; the schedule goes on with the next time.
                PlatformLog.ScheduledRunFailed(log, source, problem);
            }
        }

        private async Task RunAsync(string source, CancellationToken cancellationToken)
        {
            var project = LoadedProject.Load(workspace.Options.Project, workspace.Options.Modeling, withFiles: false);
            var landed = await workspace.SyncAsync(project, [source], "schedule", null, cancellationToken);
            if (landed.Succeeded && landed.ChangedSources.Count > 0)
            {
                var options = new BuildOptions { Select = [$"source:{source}+"] };
                await workspace.BuildAsync(
                    project,
                    new BuildRequest(options, Sync: false),
                    "schedule",
                    null,
                    cancellationToken
                );
            }
        }
    }
}
