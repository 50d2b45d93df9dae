using Headwater.Jinja;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary>What dbt puts into the context of a node, by name.</summary>
internal static class ContextMembers
{
    /// <summary>The names that every context has.</summary>
    public static IReadOnlySet<string> Names { get; } =
        new HashSet<string>(StaticMembers.All.Keys, StringComparer.Ordinal)
        {
            "ref",
            "source",
            "var",
            "env_var",
            "config",
            "log",
            "print",
            "run_query",
            "store_result",
            "store_raw_result",
            "load_result",
            "doc",
            "submit_python_job",
            "try_or_compiler_error",
        };

    public static Dictionary<string, object?> Of(RenderContext context)
    {
        var project = context.Project;
        var node = context.Node;
        var members = new Dictionary<string, object?>(StaticMembers.All, StringComparer.Ordinal)
        {
            ["ref"] = RefFunction.Of(context),
            ["source"] = SourceFunction.Of(context),
            ["var"] = new VarFunction(context),
            ["env_var"] = EnvVarFunction.Of(project.Environment),
            ["config"] = node.Config,
            ["this"] = node.This,
            ["model"] = node.Model,
            ["target"] = project.Target,
            ["execute"] = context.Database is not null,
            ["adapter"] = new AdapterObject(context),
            ["api"] = new ApiObject(context),
            ["exceptions"] = new ExceptionsObject(context),
            ["log"] = new NativeFunction("log", ParameterList.Of("msg", "info?"), call => context.Log(call, 0)),
            ["print"] = new NativeFunction("print", ParameterList.Of("msg"), call => context.Log(call, 0)),
            ["run_query"] = RunQueryFunction.Of(context),
            ["store_result"] = ResultFunctions.Store(context),
            ["store_raw_result"] = ResultFunctions.Store(context),
            ["load_result"] = ResultFunctions.Load(context),
            ["flags"] = project.Flags,
            ["project_name"] = project.Folder.Name,
            ["database"] = node.This?.Database ?? project.Catalog,
            ["schema"] = node.This?.Schema ?? project.Schema,
            ["invocation_id"] = project.InvocationId,
            ["run_started_at"] = project.StartedAt.UtcDateTime,
            ["modules"] = ModulesObject.Of(project.StartedAt),
            ["doc"] = DocFunction.Of(context),
            ["graph"] = project.Graph,
            ["submit_python_job"] = PythonModels.Refusal,
            ["try_or_compiler_error"] = new NativeFunction("try_or_compiler_error", null, TryOrFail),
            ["dbt_metadata_envs"] = new JinjaDict(),
            ["selected_resources"] = project.SelectedResources ?? new JinjaList(),
        };
        members["context"] = new ContextObject(context);
        members["builtins"] = new JinjaDict(
            ((string[])["ref", "source", "config", "var"]).Select(name => KeyValuePair.Create(name, members[name]))
        );
        return members;
    }

    private static object? TryOrFail(NativeCall call)
    {
        if (call.Arguments.Positional is not [var message, IJinjaCallable function, ..])
        {
            throw RefFunction.Wrong("try_or_compiler_error() takes a message, a function and its arguments");
        }

        try
        {
            return function.Call(
                call.Context,
                new Jinja.Evaluation.Arguments([.. call.Arguments.Positional.Skip(2)], call.Arguments.Keyword)
            );
        }
        catch (Exception failure) when (failure is JinjaFault or Kernel.Diagnostics.DiagnosticException)
        {
            throw RefFunction.Wrong(Text.Str(message));
        }
    }

    private static string Log(this RenderContext context, NativeCall call, int index)
    {
        context.Project.Log?.Invoke(context.Node.UniqueId, Text.Str(call.Value(index)));
        return "";
    }
}

/// <summary><c>context['name']</c> and <c>context.get('name')</c>.</summary>
internal sealed class ContextObject(RenderContext context) : IJinjaIndexed, IJinjaObject
{
    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && context.Names.TryGet(name, out value);
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        if (name == "get")
        {
            value = new NativeFunction(
                name,
                ParameterList.Of("key", "default?"),
                call => TryGetItem(call.Value(0), out var found) ? found : call.Value(1)
            );
            return true;
        }

        return TryGetItem(name, out value);
    }
}
