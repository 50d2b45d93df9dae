namespace Headwater.Modeling.Materializations;

/// <summary>How a node becomes a table or view. One kind is one class.</summary>
internal interface IMaterialization
{
    /// <summary>The value of the config <c>materialized</c>.</summary>
    string Name { get; }

    /// <summary>Checks the statement without its data, and leaves an empty relation of the right columns for those that read it.</summary>
    ValueTask CheckAsync(MaterializationJob job, CancellationToken cancellationToken);

    /// <summary>Builds the relation.</summary>
    /// <returns>Rows written; null for a view.</returns>
    ValueTask<long?> BuildAsync(MaterializationJob job, CancellationToken cancellationToken);
}
