using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;
using Headwater.Modeling.Publishing;

namespace Headwater.Modeling.Building;

/// <summary>What one compilation sees otherwise than the build does.</summary>
internal sealed record CompileScope
{
    public static CompileScope Build { get; } = new();

    /// <summary>SQL that stands where a node is read, by the node's id.</summary>
    public IReadOnlyDictionary<string, string> Replaced { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>SQL that stands for <c>this</c>.</summary>
    public string? This { get; init; }

    /// <summary>What macros give instead of what they say, by name or by package and name.</summary>
    public JinjaDict Macros { get; init; } = new();

    public JinjaDict Variables { get; init; } = new();

    public JinjaDict Environment { get; init; } = new();

    /// <summary>The batch of a microbatch model.</summary>
    public EventTimeWindow? Batch { get; init; }

    /// <summary>True if the template asks no database and depends on neither the time nor the run.</summary>
    public bool IsNeutral { get; init; }

    /// <summary>Another environment is read where nothing is built, and nothing is there or the other is favored.</summary>
    public static CompileScope Deferring(
        Manifest manifest,
        BuildOptions options,
        RelationCatalog relations,
        HashSet<string> built
    ) =>
        options.Deferred.Count == 0
            ? Build
            : new CompileScope
            {
                Replaced = options
                    .Deferred.Where(pair =>
                        !built.Contains(pair.Key)
                        && manifest.Nodes.GetValueOrDefault(pair.Key)
                            is RelationNode node
                                and not ModelNode { IsEphemeral: true }
                        && (options.FavorState || relations.Find(node.Relation) is null)
                    )
                    .ToDictionary(StringComparer.Ordinal),
            };

    /// <summary>As for a table that is not there yet.</summary>
    public static CompileScope Anew { get; } =
        new()
        {
            Macros = new JinjaDict([
                KeyValuePair.Create("is_incremental", (object?)false),
                KeyValuePair.Create("should_full_refresh", (object?)true),
            ]),
        };
}
