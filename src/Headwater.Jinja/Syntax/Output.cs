using System.Text;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Syntax;

/// <summary>Text between tags.</summary>
public sealed record TemplateText(Position Position, string Content) : Statement(Position)
{
    internal override Signal Execute(Frame frame)
    {
        frame.Write(Content);
        return Signal.Normal;
    }
}

/// <summary><c>{{ expression }}</c></summary>
public sealed record Print(Position Position, Expression Value) : Statement(Position)
{
    internal override Signal Execute(Frame frame)
    {
        frame.Step(this);
        var value = Value.Evaluate(frame);
        if (value is ReturnValue returned)
        {
            return frame.Return(returned);
        }

        frame.Node = this;
        frame.Write(Text.Str(value));
        return Signal.Normal;
    }
}

/// <summary><c>{% do expression %}</c></summary>
public sealed record Do(Position Position, Expression Value) : Statement(Position)
{
    internal override Signal Execute(Frame frame)
    {
        frame.Step(this);
        return Value.Evaluate(frame) is ReturnValue returned ? frame.Return(returned) : Signal.Normal;
    }
}

/// <summary><c>{% filter name %} … {% endfilter %}</c></summary>
public sealed record FilterBlock(Position Position, Filter Filter, Block Body) : Statement(Position)
{
    internal override Signal Execute(Frame frame)
    {
        var output = new StringBuilder();
        var signal = frame.InScope(output, Body);
        if (signal == Signal.Return)
        {
            return signal;
        }

        frame.Write(Text.Str(Filter.ApplyToBlock(frame, output.ToString())));
        return signal;
    }
}

/// <summary><c>{% call(args) macro(…) %} … {% endcall %}</c></summary>
public sealed record CallBlock(Position Position, Call Call, MacroDefinition Caller) : Statement(Position)
{
    internal override Signal Execute(Frame frame)
    {
        frame.Step(this);
        var caller = new JinjaMacro(Caller, frame.Template, frame.Scope);
        var value = Call.Invoke(frame, caller);
        if (value is ReturnValue returned)
        {
            return frame.Return(returned);
        }

        frame.Write(Text.Str(value));
        return Signal.Normal;
    }
}
