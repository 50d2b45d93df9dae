using System.Runtime.CompilerServices;
using System.Text;
using Headwater.Jinja.Parsing;
using Headwater.Jinja.Syntax;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Jinja.Evaluation;

/// <summary>How a session renders and when it stops.</summary>
public sealed record SessionOptions
{
    /// <summary>What an unknown name means.</summary>
    public UndefinedBehavior Undefined { get; init; }

    /// <summary>True if a macro's name is known to the rest of its template, as in Jinja; false if hosts alone give macros.</summary>
    public bool BindsMacros { get; init; } = true;

    /// <summary>Statements and loop rounds that all renderings of the session may take together.</summary>
    public long MaxSteps { get; init; } = 50_000_000;

    /// <summary>Characters that may be written.</summary>
    public long MaxOutput { get; init; } = 200_000_000;

    /// <summary>Characters of one value.</summary>
    public long MaxText { get; init; } = 100_000_000;

    /// <summary>Characters of all values that the session makes.</summary>
    public long MaxTotalText { get; init; } = 1_000_000_000;

    /// <summary>Items of one collection.</summary>
    public long MaxItems { get; init; } = 10_000_000;

    /// <summary>Items of all collections that the session makes.</summary>
    public long MaxTotalItems { get; init; } = 100_000_000;

    /// <summary>Macros within macros.</summary>
    public int MaxDepth { get; init; } = 500;
}

/// <summary>
/// One rendering, with the macros it calls: counts steps and output against the limits. Failures are thrown as
/// <see cref="DiagnosticException"/> with the place and the macro stack. For one thread.
/// </summary>
public sealed class JinjaSession(
    JinjaEnvironment environment,
    SessionOptions options,
    CancellationToken cancellationToken
)
{
    private readonly List<MacroCall> _macros = [];
    private long _steps;
    private long _written;
    private long _text;
    private long _items;
    private int _depth;

    public JinjaEnvironment Environment { get; } = environment;

    public SessionOptions Options { get; } = options;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The macros that run, innermost first.</summary>
    public IReadOnlyList<MacroCall> MacroStack => [.. Enumerable.Reverse(_macros)];

    /// <summary>Renders a template to text.</summary>
    /// <exception cref="DiagnosticException">The template failed (HW201x, or the host's own).</exception>
    public string Render(JinjaTemplate template, INames names)
    {
        var frame = Open(template, names);
        return Guard(
            frame,
            static frame =>
            {
                frame.Template.Body.Execute(frame);
                return frame.Output.ToString();
            }
        )!;
    }

    /// <summary>The value itself if the template is a single <c>{{ expression }}</c>, else its text.</summary>
    public object? RenderValue(JinjaTemplate template, INames names) =>
        template.Body.Statements is [Print print]
            ? Guard(Open(template, names), print.Value.Evaluate) is var value && value is ReturnValue returned
                ? returned.Value
                : value
            : Render(template, names);

    /// <summary>Calls a macro or function as a template would.</summary>
    public object? Invoke(IJinjaCallable callable, Arguments arguments)
    {
        var outer = Allotment.Enter(this);
        try
        {
            var value = callable.Call(new CallContext(this), arguments);
            return value is ReturnValue returned ? returned.Value : value;
        }
        catch (JinjaFault fault)
        {
            throw fault.Diagnostic.ToException(fault);
        }
        finally
        {
            Allotment.Leave(outer);
        }
    }

    internal static SourceLocation LocationOf(Frame frame) =>
        new(frame.Template.File, frame.Node?.Position.Line ?? 0, frame.Node?.Position.Column ?? 0);

    internal void Step()
    {
        if (++_steps > Options.MaxSteps)
        {
            throw JinjaFault.Limit($"it took more than {Options.MaxSteps} steps");
        }

        if ((_steps & 0x3FF) == 0)
        {
            CancellationToken.ThrowIfCancellationRequested();
        }
    }

    internal void CountOutput(int length)
    {
        _written += length;
        if (_written > Options.MaxOutput)
        {
            throw JinjaFault.Limit($"it wrote more than {Options.MaxOutput} characters");
        }
    }

    internal void CountText(long characters)
    {
        _text += characters;
        if (_text > Options.MaxTotalText)
        {
            throw JinjaFault.Limit($"its values have more than {Options.MaxTotalText} characters together");
        }
    }

    internal void CountItems(long items)
    {
        _items += items;
        if (_items > Options.MaxTotalItems)
        {
            throw JinjaFault.Limit($"its collections have more than {Options.MaxTotalItems} items together");
        }
    }

    internal void EnterMacro(MacroCall call)
    {
        _macros.Add(call);
        EnterDepth();
    }

    internal void LeaveMacro()
    {
        _macros.RemoveAt(_macros.Count - 1);
        LeaveDepth();
    }

    internal void EnterDepth()
    {
        if (++_depth > Options.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Locate(JinjaFault.Limit($"macros call each other more than {_depth - 1} deep"), null);
        }
    }

    internal void LeaveDepth() => _depth--;

    internal DiagnosticException Locate(JinjaFault fault, Frame? frame)
    {
        const int shown = 6;
        var location =
            fault.Diagnostic.Location ?? (frame?.Node is null ? _macros.LastOrDefault()?.CalledAt : LocationOf(frame));
        var calls = MacroStack
            .Take(shown)
            .Select(call =>
                call.CalledAt is null ? $"in macro '{call.Name}'" : $"in macro '{call.Name}' called at {call.CalledAt}"
            );
        var stack = string.Join(", ", calls);
        var hint = string.Join("; ", new[] { fault.Diagnostic.Hint, stack }.Where(part => !string.IsNullOrEmpty(part)));
        var diagnostic = fault.Diagnostic with { Location = location, Hint = hint.Length == 0 ? null : hint };
        return diagnostic.ToException(fault);
    }

    private Frame Open(JinjaTemplate template, INames names) =>
        new(this, template, new Scope(null) { Names = names }, new StringBuilder());

    private T Guard<T>(Frame frame, Func<Frame, T> run)
    {
        var outer = Allotment.Enter(this);
        try
        {
            return run(frame);
        }
        catch (JinjaFault fault)
        {
            throw Locate(fault, frame);
        }
        finally
        {
            Allotment.Leave(outer);
        }
    }
}
