using Headwater.Jinja;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary><c>config(…)</c>, which writes while parsing and does nothing later, and <c>config.get()</c>, <c>config.require()</c>.</summary>
internal sealed class ConfigObject(JinjaDict values, JinjaDict? written) : IJinjaCallable, IJinjaObject
{
    public object? Call(CallContext context, Arguments arguments)
    {
        if (written is null)
        {
            return "";
        }

        var call = new JinjaDict(arguments.Keyword);
        foreach (var dict in arguments.Positional.OfType<JinjaDict>())
        {
            call.Merge(dict);
        }

        ConfigMerge.Into(written, call);
        ConfigMerge.Into(values, call);
        return "";
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "get" => new NativeFunction(
                name,
                ParameterList.Of("name", "default?", "validator?"),
                call => Get(call.Text(0)) ?? call.Value(1)
            ),
            "require" => new NativeFunction(name, ParameterList.Of("name", "validator?"), Require),
            "set" => new NativeFunction(name, ParameterList.Of("name", "value"), Set),
            "persist_relation_docs" => new NativeFunction(name, ParameterList.None, _ => Persists("relation")),
            "persist_column_docs" => new NativeFunction(name, ParameterList.None, _ => Persists("columns")),
            "model" => new JinjaDict([KeyValuePair.Create("config", (object?)values)]),
            _ => Get(name),
        };
        return value is not null;
    }

    private object? Get(string key) => values.TryGet(key, out var value) ? value : null;

    private object? Require(NativeCall call) =>
        Get(call.Text(0))
        ?? throw new JinjaFault(ModelingDiagnostics.RaisedByTemplate.With($"the config '{call.Text(0)}' must be set"));

    private object? Set(NativeCall call)
    {
        values[call.Text(0)] = call.Value(1);
        return "";
    }

    private bool Persists(string part) =>
        Get("persist_docs") is JinjaDict docs && docs.TryGet(part, out var on) && on is true;
}
