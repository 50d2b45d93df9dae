using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Platform.Projects;
using Headwater.Platform.Runs;
using Headwater.Project;
using Headwater.Query;
using Headwater.Query.Passports;

namespace Headwater.Platform.Passports;

/// <summary>
/// Issues passports: what the gate tells of a question, with what the run history knows of loads, builds and tests. Safe for several threads.
/// </summary>
/// <param name="gate">The one way to what is published.</param>
/// <param name="platform">The run history.</param>
/// <param name="folder">The project as it is now.</param>
/// <param name="project">The project with its models, where they are known: without them no tests are told.</param>
public sealed class PassportOffice(
    IGate gate,
    PlatformHost platform,
    Func<ProjectFolder> folder,
    Func<LoadedProject?> project,
    TimeProvider time
)
{
    private readonly Lock _turn = new();
    private (LoadedProject Project, Dictionary<string, string> Versions)? _versions;

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">As <see cref="IGate.IssuePassportAsync"/>.</exception>
    public async Task<PassportDocument> IssueAsync(PassportInquiry inquiry, CancellationToken cancellationToken)
    {
        var passport = await gate.IssuePassportAsync(inquiry, cancellationToken);
        var nodes = (await platform.Runs.LastNodesAsync(cancellationToken))
            .GroupBy(last => last.Result.Node, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        var landings = await platform.Runs.LastLandingsAsync(cancellationToken);
        var history = await platform.MetricHistory.LastAsync(cancellationToken);
        var loaded = project();
        var versions = loaded is null ? [] : VersionsOf(loaded);
        var relations = passport
            .Relations.Select(relation =>
                new RelationFacts(relation, passport.SeesEveryRow, nodes, landings, folder(), time.GetUtcNow()).Tell()
            )
            .ToList();
        var loads = relations.Where(relation => relation.Kind == "source").ToList();
        return new PassportDocument(
            [
                .. passport.Metrics.Select(metric =>
                {
                    var version = versions.GetValueOrDefault(metric.Name, metric.Digest[..16]);
                    return new PassportMetricDocument(
                        metric.Name,
                        metric.Label,
                        metric.Description,
                        metric.Type,
                        metric.Formula,
                        metric.Owner,
                        metric.Meta,
                        metric.Written,
                        metric.Location.File,
                        metric.Location.Line,
                        version,
                        history.GetValueOrDefault(metric.Name) is { } last && last.Version == version
                            ? last.Since
                            : null,
                        metric.Models
                    );
                }),
            ],
            passport.Plan,
            passport.Sql,
            [
                .. passport.Rollups.Select(rollup => new PassportRollupDocument(
                    rollup.Rollup,
                    rollup.IsUsed,
                    rollup.WhyNot?.Text
                )),
            ],
            relations,
            loaded is null ? [] : [.. Tests(passport, loaded.Manifest, nodes)],
            loads.Count > 0 && loads.TrueForAll(load => load.ChangedAt is not null)
                ? loads.Min(load => load.ChangedAt)
                : null,
            passport.HasHidden
        );
    }

    private Dictionary<string, string> VersionsOf(LoadedProject loaded)
    {
        lock (_turn)
        {
            if (_versions is not { } known || known.Project != loaded)
            {
                _versions = known = (loaded, MetricVersions.Of(loaded));
            }

            return known.Versions;
        }
    }

    private static IEnumerable<PassportTestDocument> Tests(
        Passport passport,
        Manifest manifest,
        Dictionary<string, List<LastNodeResult>> nodes
    )
    {
        var known = passport.Relations.ToDictionary(relation => relation.Name);
        var relations = manifest
            .Nodes.Values.OfType<RelationNode>()
            .Where(node => known.ContainsKey(node.Relation))
            .ToDictionary(node => node.UniqueId, node => node.Relation, StringComparer.Ordinal);
        foreach (var test in manifest.Tests)
        {
            if (TestedBy(test) is not { } relation || !Concerns(test, known[relation]))
            {
                continue;
            }

            var last = nodes.GetValueOrDefault(test.Name)?.Find(node => node.Result.Kind == test.ResourceType);
            yield return new PassportTestDocument(
                test.Name,
                test.Generic?.TestName ?? "singular",
                relation.ToString(),
                test.Generic?.ColumnName,
                test.Settings.OnlyWarns ? "warn" : "error",
                last is null ? "never" : last.Result.State.ToString().ToLowerInvariant(),
                last?.At,
                passport.SeesEveryRow ? last?.Result.Rows : null
            );
        }

        // Of a test over several tables all must be known to the asker: its name may tell of each.
        RelationName? TestedBy(TestNode test)
        {
            var read = test.DependsOn.Where(id => manifest.Nodes.GetValueOrDefault(id) is RelationNode).ToList();
            var target = test.Generic?.TargetId ?? read.FirstOrDefault();
            return
                target is not null
                && relations.TryGetValue(target, out var relation)
                && (passport.SeesEveryRow || read.TrueForAll(relations.ContainsKey))
                ? relation
                : null;
        }
    }

    // Of a table that the SQL reads every test counts: a key that is there twice doubles any sum.
    private static bool Concerns(TestNode test, PassportRelation relation) =>
        relation.Steps == 0
        || test.Generic?.ColumnName is not { } column
        || relation.Columns.Any(known => string.Equals(known.Name, column, StringComparison.OrdinalIgnoreCase));
}
