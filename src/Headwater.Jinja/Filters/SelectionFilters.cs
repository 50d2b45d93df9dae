using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Filters;

/// <summary>Filters that apply another filter or test to each item. They are lazy, as in Jinja.</summary>
internal static class SelectionFilters
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        new("map", null, Map),
        new("select", null, call => Choose(call, keep: true, byAttribute: false)),
        new("reject", null, call => Choose(call, keep: false, byAttribute: false)),
        new("selectattr", null, call => Choose(call, keep: true, byAttribute: true)),
        new("rejectattr", null, call => Choose(call, keep: false, byAttribute: true)),
        new("attr", ParameterList.Of("name"), Attribute),
    ];

    private static JinjaGenerator Map(NativeCall call)
    {
        if (!Operators.IsTrue(call.Subject))
        {
            return new JinjaGenerator([]);
        }

        var arguments = call.Arguments;
        if (arguments.Positional.Count == 0 && arguments.Keyword.TryGetValue("attribute", out var attribute))
        {
            arguments.Keyword.TryGetValue("default", out var otherwise);
            var read = AttributePath.Reader(attribute!, otherwise);
            return new JinjaGenerator(call.SubjectItems().Select(read));
        }

        if (arguments.Positional.Count == 0)
        {
            throw JinjaFault.Arguments("map requires a filter argument");
        }

        var filter = Named(
            call.Context.Session.Environment.Filters,
            arguments.Positional[0],
            JinjaDiagnostics.UnknownFilter
        );
        var rest = arguments.Skip(1);
        return new JinjaGenerator(call.SubjectItems().Select(item => filter.Invoke(call.Context, item, rest)));
    }

    private static JinjaGenerator Choose(NativeCall call, bool keep, bool byAttribute)
    {
        // As in Jinja, nothing comes of a false value, also of one that cannot be looped over.
        if (!Operators.IsTrue(call.Subject))
        {
            return new JinjaGenerator([]);
        }

        var arguments = call.Arguments;
        var skip = byAttribute ? 1 : 0;
        if (arguments.Positional.Count < skip)
        {
            throw JinjaFault.Arguments("Missing parameter for attribute name");
        }

        var read = byAttribute ? AttributePath.Reader(arguments.Positional[0]!) : static item => item;
        Func<object?, bool> holds = Operators.IsTrue;
        if (arguments.Positional.Count > skip)
        {
            var test = Named(
                call.Context.Session.Environment.Tests,
                arguments.Positional[skip],
                JinjaDiagnostics.UnknownTest
            );
            var rest = arguments.Skip(skip + 1);
            holds = item => Operators.IsTrue(test.Invoke(call.Context, item, rest));
        }

        return new JinjaGenerator(call.SubjectItems().Where(item => holds(read(item)) == keep));
    }

    private static object? Attribute(NativeCall call) =>
        Iteration.TryAttribute(call.Subject, call.Text(0), out var found)
            ? found
            : new JinjaUndefined(
                $"'{TypeNames.Of(call.Subject)} object' has no attribute '{call.Text(0)}'",
                call.Context.Session.Options.Undefined
            );

    private static NativeFunction Named(
        IReadOnlyDictionary<string, NativeFunction> known,
        object? name,
        Kernel.Diagnostics.DiagnosticDescriptor unknown
    ) =>
        name is string text && known.TryGetValue(text, out var function)
            ? function
            : throw new JinjaFault(unknown.With(Text.Str(name)));
}
