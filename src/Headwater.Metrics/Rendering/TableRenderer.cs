using Headwater.Kernel.Names;
using Headwater.Sql.Dialects;
using Headwater.Sql.Masking;

namespace Headwater.Metrics.Rendering;

/// <summary>Writes tables as they stand in FROM: the only way from a plan to a table, so that no mask is passed by.</summary>
internal sealed class TableRenderer(SqlDialect dialect, ParameterList parameters, IColumnMasks masks)
{
    private string? _key;

    public string Render(RelationName relation)
    {
        var name = $"{dialect.Quote(relation.Schema)}.{dialect.Quote(relation.Name)}";
        return masks.Find(relation) is { } masked
            ? $"(SELECT {masked.Select(dialect, () => _key ??= dialect.AsText(parameters.Add(masks.Key)))} FROM {name}) AS masked"
            : name;
    }
}
