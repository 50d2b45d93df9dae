using Headwater.Jinja.Values;

namespace Headwater.Modeling.Graph;

/// <summary>The settled configuration of a node: project file, properties and the node's own <c>config()</c>, in dbt's order. Not changed after parsing.</summary>
public sealed class NodeConfig(JinjaDict values)
{
    public JinjaDict Values { get; } = values;

    public string Materialized => Text("materialized") ?? "view";

    public bool Enabled => Flag("enabled") ?? true;

    public IReadOnlyList<string> Tags => Texts("tags");

    public JinjaDict Meta => this["meta"] as JinjaDict ?? new JinjaDict();

    public IReadOnlyList<string> UniqueKey => Texts("unique_key");

    public string Severity => Text("severity")?.ToLowerInvariant() ?? "error";

    public object? this[string key] => Values.TryGet(key, out var value) ? value : null;

    public string? Text(string key) => this[key] is { } value ? Jinja.Values.Text.Str(value) : null;

    public bool? Flag(string key) =>
        this[key] switch
        {
            null => null,
            bool flag => flag,
            string text => text.ToLowerInvariant() switch
            {
                "true" or "yes" or "1" => true,
                "false" or "no" or "0" => false,
                _ => null,
            },
            _ => null,
        };

    public long? Integer(string key) => this[key] as long?;

    /// <summary>A list of texts; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string key) =>
        this[key] switch
        {
            null => [],
            JinjaList list => [.. list.Items.Select(Jinja.Values.Text.Str)],
            JinjaTuple tuple => [.. tuple.Items.Select(Jinja.Values.Text.Str)],
            var single => [Jinja.Values.Text.Str(single)],
        };
}
