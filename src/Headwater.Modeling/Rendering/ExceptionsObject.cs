using Headwater.Jinja;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary><c>exceptions.raise_compiler_error(…)</c> and <c>exceptions.warn(…)</c>.</summary>
internal sealed class ExceptionsObject(RenderContext context) : IJinjaObject
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "warn" or "warn_snapshot_timestamp_data_types" => new NativeFunction(name, ParameterList.Of("msg"), Warn),
            "relation_wrong_type" => new NativeFunction(
                name,
                ParameterList.Of("relation", "expected_type", "model?"),
                call =>
                    throw RefFunction.Wrong(
                        $"{Text.Str(call.Value(0))} is to be a {call.Text(1)}, but it is there as something else: drop it, or set the model's alias"
                    )
            ),
            "raise_not_implemented" or "raise_compiler_error" or "raise_parsing_error" or "raise_database_error" =>
                new NativeFunction(
                    name,
                    ParameterList.Of("msg", "node?"),
                    call => throw new JinjaFault(ModelingDiagnostics.RaisedByTemplate.With(Text.Str(call.Value(0))))
                ),
            _ when name.StartsWith("raise_", StringComparison.Ordinal)
                    || name.StartsWith("missing_", StringComparison.Ordinal)
                    || name == "column_type_missing" => new NativeFunction(
                name,
                null,
                call =>
                    throw new JinjaFault(
                        ModelingDiagnostics.RaisedByTemplate.With(
                            string.Join(' ', call.Arguments.Positional.Select(Text.Str))
                        )
                    )
            ),
            _ => null,
        };
        return value is not null;
    }

    private object? Warn(NativeCall call)
    {
        context.Project.Warn(ModelingDiagnostics.WarnedByTemplate.At(call.Context.Location, Text.Str(call.Value(0))));
        return "";
    }
}
