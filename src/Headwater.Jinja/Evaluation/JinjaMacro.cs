using System.Text;
using Headwater.Jinja.Parsing;
using Headwater.Jinja.Syntax;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Jinja.Evaluation;

/// <summary>A macro with the names around its definition. A call gives the text of the body, or what it returned.</summary>
public sealed class JinjaMacro : IJinjaCallable, IJinjaObject
{
    private readonly Scope _scope;

    internal JinjaMacro(MacroDefinition definition, JinjaTemplate template, Scope scope) =>
        (Definition, Template, _scope) = (definition, template, scope);

    /// <summary>A macro of a template whose outermost block is not rendered; unknown names are the host's.</summary>
    public JinjaMacro(MacroDefinition definition, JinjaTemplate template, INames names)
        : this(definition, template, new Scope(null) { Names = names }) { }

    public MacroDefinition Definition { get; }

    public JinjaTemplate Template { get; }

    public object? Call(CallContext context, Arguments arguments)
    {
        var session = context.Session;
        var location = new SourceLocation(Template.File, Definition.Position.Line, Definition.Position.Column);
        session.EnterMacro(new MacroCall(Definition.Name, location, context.Location));
        var output = new StringBuilder();
        var frame = new Frame(session, Template, new Scope(_scope), output);
        try
        {
            Bind(frame, arguments);
            var signal = Definition.Body.Execute(frame);
            session.LeaveMacro();
            // A caller's return ends the macro that called it, so it is passed on as it is.
            return signal != Signal.Return ? output.ToString()
                : Definition.Tag == "call" ? frame.Returned
                : frame.Returned!.Value;
        }
        catch (JinjaFault fault)
        {
            throw session.Locate(fault, frame);
        }
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" => Definition.Name,
            "arguments" => new JinjaTuple([.. Definition.Parameters.Select(parameter => parameter.Name)]),
            "catch_kwargs" => Definition.UsesKwargs,
            "catch_varargs" => Definition.UsesVarargs,
            "caller" => Definition.UsesCaller,
            _ => null,
        };
        return value is not null;
    }

    public override string ToString() => $"<Macro '{Definition.Name}'>";

    private void Bind(Frame frame, Arguments arguments)
    {
        var parameters = Definition.Parameters;
        var used = 0;
        for (var index = 0; index < parameters.Count; index++)
        {
            var parameter = parameters[index];
            object? value;
            if (index < arguments.Positional.Count)
            {
                value = arguments.Positional[index];
                if (arguments.Keyword.ContainsKey(parameter.Name))
                {
                    throw JinjaFault.Arguments(
                        $"macro '{Definition.Name}' got multiple values for argument '{parameter.Name}'"
                    );
                }
            }
            else if (arguments.Keyword.TryGetValue(parameter.Name, out value))
            {
                used++;
            }
            else
            {
                value = parameter.Default is { } expression
                    ? expression.Evaluate(frame)
                    : new JinjaUndefined(
                        $"parameter '{parameter.Name}' was not provided",
                        frame.Session.Options.Undefined
                    );
            }

            frame.Scope.Set(parameter.Name, value);
        }

        BindRest(frame, arguments, used);
    }

    private void BindRest(Frame frame, Arguments arguments, int usedKeywords)
    {
        var declaresCaller = Definition.Parameters.Any(parameter => parameter.Name == "caller");
        if (Definition.UsesCaller && !declaresCaller)
        {
            var found = arguments.Keyword.TryGetValue("caller", out var caller);
            usedKeywords += found ? 1 : 0;
            frame.Scope.Set("caller", found ? caller : new JinjaUndefined("No caller defined"));
        }

        if (Definition.UsesKwargs)
        {
            var names = Definition.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
            frame.Scope.Set(
                "kwargs",
                new JinjaDict(
                    arguments.Keyword.Where(pair =>
                        !names.Contains(pair.Key) && !(pair.Key == "caller" && Definition.UsesCaller)
                    )
                )
            );
        }
        else if (arguments.Keyword.Count > usedKeywords)
        {
            var unknown = arguments.Keyword.Keys.First(key =>
                Definition.Parameters.All(parameter => parameter.Name != key)
                && !(key == "caller" && Definition.UsesCaller)
            );
            throw JinjaFault.Arguments($"macro '{Definition.Name}' takes no keyword argument '{unknown}'");
        }

        if (Definition.UsesVarargs)
        {
            frame.Scope.Set("varargs", new JinjaTuple([.. arguments.Positional.Skip(Definition.Parameters.Count)]));
        }
        else if (arguments.Positional.Count > Definition.Parameters.Count)
        {
            throw JinjaFault.Arguments(
                $"macro '{Definition.Name}' takes not more than {Definition.Parameters.Count} argument(s)"
            );
        }
    }
}
