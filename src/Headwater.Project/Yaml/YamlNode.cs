using Headwater.Kernel.Diagnostics;

namespace Headwater.Project.Yaml;

/// <summary>A YAML value that knows where it stands. Immutable.</summary>
public abstract record YamlNode(SourceLocation Location)
{
    /// <summary>What this is, in words for a message: "a list", "a mapping", "a text".</summary>
    public abstract string Description { get; }
}

/// <summary>Text, number, boolean or null. A quoted scalar is always text.</summary>
/// <param name="Text">The text as YAML reads it, escapes resolved.</param>
/// <param name="IsPlain">True if it was written without quotes, so that it may be a number, boolean or null.</param>
public sealed record YamlScalar(string Text, bool IsPlain, SourceLocation Location) : YamlNode(Location)
{
    public override string Description =>
        IsNull ? "empty"
        : AsBoolean is not null ? "a boolean"
        : AsInteger is not null ? "a whole number"
        : "a text";

    public bool IsNull => IsPlain && Text is ("" or "~" or "null" or "Null" or "NULL");

    /// <summary>The boolean as YAML 1.1 spells it (dbt's parser does), or null if this is none.</summary>
    public bool? AsBoolean =>
        !IsPlain
            ? null
            : Text.ToLowerInvariant() switch
            {
                "true" or "yes" or "on" => true,
                "false" or "no" or "off" => false,
                _ => null,
            };

    public long? AsInteger =>
        IsPlain
        && long.TryParse(
            Text,
            System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    public double? AsNumber =>
        IsPlain
        && double.TryParse(
            Text,
            System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}

public sealed record YamlSequence(IReadOnlyList<YamlNode> Items, SourceLocation Location) : YamlNode(Location)
{
    public override string Description => "a list";
}

/// <summary>Keys in the order written. A repeated key was reported; its first value holds.</summary>
public sealed record YamlMapping(IReadOnlyList<YamlEntry> Entries, SourceLocation Location) : YamlNode(Location)
{
    public override string Description => "a mapping";

    public static YamlMapping Empty(SourceLocation location) => new([], location);

    public YamlNode? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (string.Equals(entry.Key.Text, key, StringComparison.Ordinal))
                {
                    return entry.Value;
                }
            }

            return null;
        }
    }

    /// <summary>The same mapping with a key set, in its old place if it was there.</summary>
    public YamlMapping With(string key, YamlNode value)
    {
        var entry = new YamlEntry(new YamlScalar(key, false, value.Location), value);
        var entries = Entries.ToList();
        var place = entries.FindIndex(old => string.Equals(old.Key.Text, key, StringComparison.Ordinal));
        if (place < 0)
        {
            entries.Add(entry);
        }
        else
        {
            entries[place] = entry;
        }

        return new YamlMapping(entries, Location);
    }
}

public sealed record YamlEntry(YamlScalar Key, YamlNode Value);
