using System.Text;
using Headwater.Jinja.Parsing;
using Headwater.Jinja.Syntax;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Evaluation;

/// <summary>The state of rendering one template or macro body: where it writes, what names it sees, which node runs.</summary>
internal sealed class Frame(JinjaSession session, JinjaTemplate template, Scope scope, StringBuilder output)
{
    private CallContext? _context;

    public JinjaSession Session { get; } = session;

    public JinjaTemplate Template { get; } = template;

    public Scope Scope { get; set; } = scope;

    public StringBuilder Output { get; private set; } = output;

    /// <summary>The node whose work a failure would belong to.</summary>
    public SyntaxNode? Node { get; set; }

    public ReturnValue? Returned { get; private set; }

    public CallContext Context => _context ??= new CallContext(this);

    public object? Read(string name)
    {
        if (
            Scope.TryGet(name, out var value)
            || (Scope.HostNames()?.TryGet(name, out value) ?? false)
            || Session.Environment.Globals.TryGetValue(name, out value)
        )
        {
            return value;
        }

        return new JinjaUndefined($"'{name}' is undefined", Session.Options.Undefined);
    }

    /// <summary>A missing attribute or item, as forgiving as the session is.</summary>
    public object? Soften(object? value) =>
        value is JinjaUndefined { IsLenient: false } undefined && Session.Options.Undefined == UndefinedBehavior.Lenient
            ? new JinjaUndefined(undefined.Message, UndefinedBehavior.Lenient)
            : value;

    public void Step(SyntaxNode node)
    {
        Node = node;
        Session.Step();
    }

    public void Write(string text)
    {
        Session.CountOutput(text.Length);
        Output.Append(text);
    }

    public Signal Return(ReturnValue value)
    {
        Returned = value;
        return Signal.Return;
    }

    /// <summary>Opens a block of names and returns the one before, to be set back.</summary>
    public Scope Enter()
    {
        var outer = Scope;
        Scope = new Scope(outer);
        return outer;
    }

    public Signal InScope(StringBuilder output, Block body)
    {
        var outer = Enter();
        var before = Output;
        Output = output;
        var signal = body.Execute(this);
        Output = before;
        Scope = outer;
        return signal;
    }
}
