namespace Headwater.Modeling.Graph;

/// <summary>One version of a model.</summary>
/// <param name="Number">As written: <c>2</c>, or a text.</param>
/// <param name="Latest">The version that a <c>ref</c> without one means.</param>
public sealed record ModelVersion(string Number, string Latest)
{
    public bool IsLatest => Number == Latest;
}

/// <summary>Who may read a model.</summary>
public enum ModelAccess
{
    /// <summary>Nodes of its group.</summary>
    Private,

    /// <summary>Nodes of its package, and of others where the package does not restrict it.</summary>
    Protected,

    /// <summary>All.</summary>
    Public,
}
