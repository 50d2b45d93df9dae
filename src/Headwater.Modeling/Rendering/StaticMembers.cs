using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Parsing;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Rendering;

/// <summary>The functions of the context that depend on no node.</summary>
internal static class StaticMembers
{
    public static FrozenDictionary<string, object?> All { get; } =
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["return"] = new NativeFunction(
                "return",
                ParameterList.Of("data?"),
                call => new ReturnValue(call.Value(0))
            ),
            ["tojson"] = new NativeFunction(
                "tojson",
                ParameterList.Of("value", "default?", "sort_keys?"),
                call => Json.Write(call.Value(0), sortKeys: call.Flag(2))
            ),
            ["fromjson"] = new NativeFunction("fromjson", ParameterList.Of("string", "default?"), FromJson),
            ["toyaml"] = new NativeFunction(
                "toyaml",
                ParameterList.Of("value", "default?", "sort_keys?"),
                call => YamlText.Write(call.Value(0), sortKeys: call.Flag(2))
            ),
            ["fromyaml"] = new NativeFunction("fromyaml", ParameterList.Of("value", "default?"), FromYaml),
            ["set"] = new NativeFunction("set", ParameterList.Of("value", "default?"), call => Set(call)),
            ["set_strict"] = new NativeFunction(
                "set_strict",
                ParameterList.Of("value"),
                call => new JinjaSet(Iteration.Over(call.Value(0)))
            ),
            ["zip"] = new NativeFunction("zip", null, call => CanZip(call) ? Zip(call) : Keyword(call, "default")),
            ["zip_strict"] = new NativeFunction("zip_strict", null, Zip),
            ["local_md5"] = new NativeFunction(
                "local_md5",
                ParameterList.Of("value"),
                call => Digest.Md5(call.Text(0))
            ),
            ["diff_of_two_dicts"] = new NativeFunction("diff_of_two_dicts", ParameterList.Of("a", "b"), DiffOfDicts),
            ["dbt_version"] = DbtVersion.Text,
            ["thread_id"] = "Thread-1",
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static object? FromJson(NativeCall call)
    {
        try
        {
            return Json.Read(call.Text(0));
        }
        catch (JsonException)
        {
            return call.Value(1);
        }
    }

    private static object? FromYaml(NativeCall call)
    {
        var problems = new DiagnosticBag();
        var node = YamlReader.Read(call.Text(0), "fromyaml", problems);
        return problems.HasErrors ? call.Value(1) : YamlValues.Convert(node);
    }

    private static object? Set(NativeCall call) =>
        Iteration.KnownLength(call.Value(0)) is null && call.Value(0) is not IJinjaIterable
            ? call.Value(1)
            : new JinjaSet(Iteration.Over(call.Value(0)));

    private static JinjaList Zip(NativeCall call)
    {
        var sequences = call.Arguments.Positional.Select(value => Iteration.Over(value).ToList()).ToList();
        var length = sequences.Count == 0 ? 0 : sequences.Min(sequence => sequence.Count);
        return new JinjaList(
            Enumerable
                .Range(0, length)
                .Select(index => (object?)new JinjaTuple([.. sequences.Select(sequence => sequence[index])]))
        );
    }

    private static bool CanZip(NativeCall call) =>
        call.Arguments.Positional.All(value => Iteration.KnownLength(value) is not null || value is IJinjaIterable);

    private static object? Keyword(NativeCall call, string name) =>
        call.Arguments.Keyword.FirstOrDefault(pair => pair.Key == name).Value;

    // Of lists of words by name: the words of the first that the second lacks, letter case aside.
    private static JinjaDict DiffOfDicts(NativeCall call)
    {
        var difference = new JinjaDict();
        var without = (call.Value(1) as JinjaDict)?.Items.ToLookup(
            pair => Text.Str(pair.Key).ToLowerInvariant(),
            pair => Iteration.Over(pair.Value).Select(word => Text.Str(word).ToLowerInvariant()).ToHashSet()
        );
        foreach (var (key, words) in (call.Value(0) as JinjaDict ?? new JinjaDict()).Items)
        {
            var other = without?[Text.Str(key).ToLowerInvariant()].FirstOrDefault();
            var left = Iteration
                .Over(words)
                .Where(word => other is null || !other.Contains(Text.Str(word).ToLowerInvariant()))
                .ToList();
            if (other is null || left.Count > 0)
            {
                difference[Text.Str(key)] = new JinjaList(left);
            }
        }

        return difference;
    }
}

/// <summary>Short names for long texts, as dbt makes them. Not for secrets.</summary>
internal static class Digest
{
#pragma warning disable CA5351 // dbt's names of tests and local_md5() are MD5 by definition.
    public static string Md5(string text) =>
        Convert.ToHexStringLower(MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
