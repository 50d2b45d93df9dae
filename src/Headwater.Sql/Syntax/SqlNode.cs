namespace Headwater.Sql.Syntax;

/// <summary>
/// A piece of a query. Nodes are immutable and equal by structure; where they stood in the text is no part of what they mean, so that a tree
/// equals the tree of its rendered text.
/// </summary>
public abstract record SqlNode
{
    /// <summary>Where the node begins in the text it was read from.</summary>
    public TextOffset Position { get; init; }

    /// <summary>The nodes directly below, in the order of the text; absent parts are null.</summary>
    public virtual IEnumerable<SqlNode?> ChildNodes() => [];
}

/// <summary>An offset in UTF-16 units. All offsets are equal to each other: they tell nodes' places, not their meaning.</summary>
public readonly struct TextOffset(int value) : IEquatable<TextOffset>
{
    public int Value { get; } = value;

    public bool Equals(TextOffset other) => true;

    public override bool Equals(object? obj) => obj is TextOffset;

    public override int GetHashCode() => 0;

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static bool operator ==(TextOffset left, TextOffset right) => left.Equals(right);

    public static bool operator !=(TextOffset left, TextOffset right) => !left.Equals(right);
}
