using Headwater.Platform.Runs;
using Headwater.Project;
using Headwater.Query.Passports;

namespace Headwater.Platform.Passports;

/// <summary>What the run history knows of a table behind a number.</summary>
internal sealed class RelationFacts(
    PassportRelation relation,
    bool seesEveryRow,
    IReadOnlyDictionary<string, List<LastNodeResult>> nodes,
    LastLandings landings,
    ProjectFolder project,
    DateTimeOffset now
)
{
    public PassportRelationDocument Tell()
    {
        var source = project.Sources.FirstOrDefault(source => source.Schema == relation.Name.Schema);
        var attempt = source is null ? null : Find(landings.Attempts, source.Name);
        var load = source is null ? null : Find(landings.Loads, source.Name);
        var built = BuiltBy();
        var at = load?.LandedAt ?? relation.ChangedAt;
        return new PassportRelationDocument(
            relation.Name.ToString(),
            relation.Node,
            source is not null ? "source" : relation.Node?.Split('.')[0] ?? "table",
            relation.Steps,
            [
                .. relation.Columns.Select(column => new PassportColumnDocument(
                    column.Name,
                    column.Kind?.ToString().ToLowerInvariant() ?? "read",
                    column.IsMasked
                )),
            ],
            relation.Version,
            at,
            seesEveryRow ? load?.RowsLanded ?? built?.Result.Rows : null,
            source is null ? null
                : attempt?.State == RunState.Failed ? "stale"
                : at is not { } loaded ? "never"
                : now - loaded > source.Freshness?.ErrorAfter ? "stale"
                : now - loaded > source.Freshness?.WarnAfter ? "late"
                : "fresh"
        );
    }

    private LandingResult? Find(IReadOnlyList<LandingResult> known, string source) =>
        known.FirstOrDefault(landing => landing.Source == source && landing.Stream == relation.Name.Name);

    // model.package.name, and with a version name.v2.
    private LastNodeResult? BuiltBy() =>
        relation.Node?.Split('.', 3) is [var kind, _, var name]
            ? nodes.GetValueOrDefault(name)?.Find(node => node.Result.Kind == kind)
            : null;
}
