using Headwater.Jinja;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;
using Headwater.Kernel.Names;

namespace Headwater.Modeling.Rendering;

/// <summary><c>var('name', default)</c>, and <c>var.has_var('name')</c>.</summary>
internal sealed class VarFunction(RenderContext context) : IJinjaCallable, IJinjaObject
{
    private static readonly ParameterList Parameters = ParameterList.Of("name", "default?");

    public object? Call(CallContext callContext, Arguments arguments) =>
        new NativeFunction("var", Parameters, Read).Call(callContext, arguments);

    public bool TryGetAttribute(string name, out object? value)
    {
        value =
            name == "has_var"
                ? new NativeFunction(name, ParameterList.Of("name"), call => Find(call.Text(0), out _))
                : null;
        return value is not null;
    }

    private object? Read(NativeCall call)
    {
        var name = call.Text(0);
        if (Find(name, out var value))
        {
            return value;
        }

        if (call.Has(1))
        {
            return call.Value(1);
        }

        var known = context.Project.Variables.Known(context.Node.Package);
        var missing = ModelingDiagnostics.MissingVariable.With(name);
        throw new JinjaFault(
            NearestName.Find(name, known) is { } nearest
                ? missing with
                {
                    Hint = $"did you mean '{nearest}'?",
                }
                : missing
        );
    }

    private bool Find(string name, out object? value) =>
        context.Project.Variables.TryGet(name, context.Node.Package, out value);
}
