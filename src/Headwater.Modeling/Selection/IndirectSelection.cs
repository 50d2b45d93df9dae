namespace Headwater.Modeling.Selection;

/// <summary>Which tests come along with the nodes that a selection names, in dbt's words.</summary>
public enum IndirectSelection
{
    /// <summary>Those that read any selected node.</summary>
    Eager,

    /// <summary>Those that read selected nodes alone.</summary>
    Cautious,

    /// <summary>Those that read selected nodes and what these are built from.</summary>
    Buildable,

    /// <summary>None: tests are selected by their own names.</summary>
    Empty,
}
