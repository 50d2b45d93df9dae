using Headwater.Kernel.Names;

namespace Headwater.Metrics.Semantics;

/// <summary>The tables that models are published as. Given by whoever knows the models, so that metrics need not.</summary>
public interface IModelRelations
{
    /// <summary>Names of all models and seeds.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>The published table of a model, or null if there is no such model.</summary>
    RelationName? Find(string modelName);
}
