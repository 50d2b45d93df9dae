using System.Collections.Frozen;
using Headwater.Jinja;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary>What dbt puts into the context of a node, by name.</summary>
internal static class ContextMembers
{
    /// <summary>What depends on the node or its project, made when a template first asks for it: few templates use more than three of them.</summary>
    private static readonly FrozenDictionary<string, Func<RenderContext, object?>> Makers = new Dictionary<
        string,
        Func<RenderContext, object?>
    >(StringComparer.Ordinal)
    {
        ["ref"] = RefFunction.Of,
        ["source"] = SourceFunction.Of,
        ["var"] = context => new VarFunction(context),
        ["env_var"] = context => EnvVarFunction.Of(context.Project.Environment),
        ["config"] = context => context.Node.Config,
        ["this"] = context => context.Node.This,
        ["model"] = context => context.Node.Model.Value,
        ["target"] = context => context.Project.Target,
        ["execute"] = context => context.Database is not null,
        ["adapter"] = context => new AdapterObject(context),
        ["api"] = context => new ApiObject(context),
        ["exceptions"] = context => new ExceptionsObject(context),
        ["log"] = context => new NativeFunction("log", ParameterList.Of("msg", "info?"), context.Log),
        ["print"] = context => new NativeFunction("print", ParameterList.Of("msg"), context.Log),
        ["run_query"] = RunQueryFunction.Of,
        ["store_result"] = ResultFunctions.Store,
        ["store_raw_result"] = ResultFunctions.Store,
        ["load_result"] = ResultFunctions.Load,
        ["flags"] = context => context.Project.Flags,
        ["invocation_args_dict"] = context => FlagValues.AsArguments(context.Project.Flags),
        ["project_name"] = context => context.Project.Folder.Name,
        ["database"] = context => context.Node.This?.Database ?? context.Project.Catalog,
        ["schema"] = context => context.Node.This?.Schema ?? context.Project.Schema,
        ["invocation_id"] = context => context.Project.TellInvocation(),
        ["run_started_at"] = context => context.Project.TellStart().UtcDateTime,
        ["modules"] = context => ModulesObject.Of(context.Project.TellStart),
        ["doc"] = DocFunction.Of,
        ["graph"] = context => context.Project.Graph.Value,
        ["submit_python_job"] = _ => PythonModels.Refusal,
        ["try_or_compiler_error"] = _ => new NativeFunction("try_or_compiler_error", null, TryOrFail),
        ["dbt_metadata_envs"] = _ => new JinjaDict(),
        ["selected_resources"] = context => context.Project.SelectedResources ?? new JinjaList(),
        ["context"] = context => new ContextObject(context),
        ["builtins"] = Builtins,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names that every context has.</summary>
    public static IReadOnlySet<string> Names { get; } =
        StaticMembers.All.Keys.Concat(Makers.Keys).ToHashSet(StringComparer.Ordinal);

    /// <summary>Makes a member anew for a context; false if there is none of that name.</summary>
    public static bool TryMake(string name, RenderContext context, out object? value)
    {
        if (Makers.TryGetValue(name, out var make))
        {
            value = make(context);
            return true;
        }

        return StaticMembers.All.TryGetValue(name, out value);
    }

    // What a macro of the same name stands in front of.
    private static JinjaDict Builtins(RenderContext context) =>
        new(
            ((string[])["ref", "source", "config", "var"]).Select(name =>
                KeyValuePair.Create(name, Makers[name](context))
            )
        );

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

    private static string Log(this RenderContext context, NativeCall call)
    {
        context.Project.Log?.Invoke(context.Node.UniqueId, Text.Str(call.Value(0)));
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
