using Headwater.Jinja.Parsing;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Jinja.Evaluation;

/// <summary>What a host function can see of the template that calls it. Valid during the call only.</summary>
public sealed class CallContext
{
    private readonly Frame? _frame;

    internal CallContext(Frame frame)
    {
        _frame = frame;
        Session = frame.Session;
    }

    internal CallContext(JinjaSession session) => Session = session;

    public JinjaSession Session { get; }

    /// <summary>The template whose text holds the call; null when the host itself calls.</summary>
    public JinjaTemplate? Template => _frame?.Template;

    /// <summary>The names of the template that holds the call: which context a macro was defined in.</summary>
    public INames? Names => _frame?.Scope.HostNames();

    /// <summary>The macros that run, innermost first.</summary>
    public IReadOnlyList<MacroCall> MacroStack => Session.MacroStack;

    /// <summary>Where the call stands.</summary>
    public SourceLocation? Location => _frame is null ? null : JinjaSession.LocationOf(_frame);

    /// <summary>Looks a name up as the calling template would.</summary>
    public bool TryResolve(string name, out object? value)
    {
        value = _frame?.Read(name);
        return _frame is not null && value is not Values.JinjaUndefined;
    }
}

/// <summary>A macro that runs, and where it was called.</summary>
public sealed record MacroCall(string Name, SourceLocation Definition, SourceLocation? CalledAt);
