using Headwater.Kernel.Names;

namespace Headwater.Metrics.Planning.Nodes;

/// <summary>
/// A step of a plan: rows made from the rows of its inputs. A closed set, immutable, so that passes can rewrite a tree. A column's name
/// is the only one of its kind among all rows that can meet, so that an expression needs no table to say what it means.
/// </summary>
public abstract record PlanNode
{
    /// <summary>What its rows are made from.</summary>
    public abstract IReadOnlyList<PlanNode> Inputs { get; }

    /// <summary>The tables that are read, each as often as it is.</summary>
    public virtual IEnumerable<RelationName> Relations => Inputs.SelectMany(input => input.Relations);
}
