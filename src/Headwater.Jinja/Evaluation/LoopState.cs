using System.Text;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Syntax;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Evaluation;

/// <summary>The <c>loop</c> variable. Looks one item ahead only when asked to, and counts items only when asked to.</summary>
internal sealed class LoopState : IJinjaObject, IJinjaCallable
{
    private readonly For _statement;
    private readonly Frame _frame;
    private readonly object? _known;
    private readonly int _depth;
    private readonly IEnumerator<object?> _items;
    private readonly Queue<object?> _ahead = new();
    private bool _exhausted;
    private object? _previous;
    private object?[]? _lastChanged;
    private long _index0 = -1;

    public LoopState(For statement, Frame frame, IEnumerable<object?> items, object? known, int depth)
    {
        (_statement, _frame, _known, _depth) = (statement, frame, known, depth);
        _items = items.GetEnumerator();
    }

    public object? Current { get; private set; }

    public bool MoveNext()
    {
        if (!Fill(1))
        {
            return false;
        }

        _previous = _index0 >= 0 ? Current : Missing("there is no previous item");
        Current = _ahead.Dequeue();
        _index0++;
        return true;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "index" => _index0 + 1,
            "index0" => _index0,
            "revindex" => Length() - _index0,
            "revindex0" => Length() - _index0 - 1,
            "first" => _index0 == 0,
            "last" => !Fill(1),
            "length" => Length(),
            "depth" => (long)_depth + 1,
            "depth0" => (long)_depth,
            "previtem" => _previous,
            "nextitem" => Fill(1) ? _ahead.Peek() : Missing("there is no next item"),
            "cycle" => new NativeFunction("cycle", null, Cycle),
            "changed" => new NativeFunction("changed", null, Changed),
            _ => null,
        };
        return value is not null || name is "previtem" or "nextitem";
    }

    /// <summary><c>loop(items)</c> in a recursive loop.</summary>
    public object? Call(CallContext context, Arguments arguments)
    {
        if (!_statement.Recursive)
        {
            throw JinjaFault.Type("The loop must have the 'recursive' marker to be called recursively.");
        }

        var output = new StringBuilder();
        var frame = new Frame(_frame.Session, _frame.Template, _frame.Scope, output);
        _frame.Session.EnterDepth();
        _statement.Run(frame, arguments.Positional.Count > 0 ? arguments.Positional[0] : null, _depth + 1);
        _frame.Session.LeaveDepth();
        return output.ToString();
    }

    public override string ToString() => $"<LoopContext {_index0 + 1}/{Length()}>";

    private static JinjaUndefined Missing(string message) => new(message);

    private long Length()
    {
        if (Iteration.KnownLength(_known) is { } known)
        {
            return known;
        }

        while (Fill(_ahead.Count + 1)) { }

        return _index0 + 1 + _ahead.Count;
    }

    private bool Fill(int count)
    {
        while (_ahead.Count < count && !_exhausted)
        {
            if (_items.MoveNext())
            {
                _ahead.Enqueue(_items.Current);
            }
            else
            {
                _exhausted = true;
            }
        }

        return _ahead.Count >= count;
    }

    private object? Cycle(NativeCall call) =>
        call.Arguments.Positional.Count == 0
            ? throw JinjaFault.Type("no items for cycling given")
            : call.Arguments.Positional[(int)(_index0 % call.Arguments.Positional.Count)];

    private object? Changed(NativeCall call)
    {
        var values = call.Arguments.Positional.ToArray();
        var same =
            _lastChanged is { } last
            && last.Length == values.Length
            && values.Zip(last).All(pair => PythonEquality.AreEqual(pair.First, pair.Second));
        _lastChanged = values;
        return !same;
    }
}
