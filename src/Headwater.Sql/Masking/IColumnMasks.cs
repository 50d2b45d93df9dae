using Headwater.Kernel.Names;

namespace Headwater.Sql.Masking;

/// <summary>The masks that hold for whoever asks. Safe for several threads.</summary>
public interface IColumnMasks
{
    /// <summary>The key of hashes; a secret.</summary>
    string Key { get; }

    /// <summary>The relation with its masks, or null if none of its columns has one.</summary>
    MaskedRelation? Find(RelationName relation);
}

/// <summary>No masks: for whoever may see every value.</summary>
public sealed class NoMasks : IColumnMasks
{
    public static NoMasks Instance { get; } = new();

    public string Key => "";

    public MaskedRelation? Find(RelationName relation) => null;
}
