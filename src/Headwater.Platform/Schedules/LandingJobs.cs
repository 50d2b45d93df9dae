using Headwater.Platform.Workspaces;
using Microsoft.Extensions.Logging;
using Quartz;
using Quartz.Extensibility;

namespace Headwater.Platform.Schedules;

/// <summary>Gives the scheduler's jobs their workspace.</summary>
internal sealed class LandingJobs(Workspace workspace, ILogger log) : IJobFactory
{
    public ValueTask<JobScope> CreateJob(
        TriggerFiredBundle bundle,
        IScheduler scheduler,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(new JobScope(new SourceSchedule.LandingJob(workspace, log), null));

    // Jobs hold nothing.
    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) =>
        ValueTask.CompletedTask;
}
