namespace Headwater.Jinja.Evaluation;

/// <summary>Names set in one block, in front of those around it. Blocks have few names, so they are searched in order.</summary>
internal sealed class Scope(Scope? outer)
{
    private string[] _names = [];
    private object?[] _values = [];
    private int _count;

    public void Set(string name, object? value)
    {
        for (var index = 0; index < _count; index++)
        {
            if (_names[index] == name)
            {
                _values[index] = value;
                return;
            }
        }

        if (_count == _names.Length)
        {
            Array.Resize(ref _names, Math.Max(4, _count * 2));
            Array.Resize(ref _values, _names.Length);
        }

        _names[_count] = name;
        _values[_count++] = value;
    }

    public bool TryGet(string name, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            for (var index = 0; index < scope._count; index++)
            {
                if (scope._names[index] == name)
                {
                    value = scope._values[index];
                    return true;
                }
            }
        }

        value = null;
        return false;
    }

    /// <summary>The names that the template's outermost block resolves through the host; set on the outermost scope only.</summary>
    public INames? Names { get; init; }

    public Scope? Outer { get; } = outer;

    public INames? HostNames()
    {
        var scope = this;
        while (scope.Outer is not null)
        {
            scope = scope.Outer;
        }

        return scope.Names;
    }
}

/// <summary>The names that a host gives to a template: its context. Asked for each use, so it must be quick.</summary>
public interface INames
{
    bool TryGet(string name, out object? value);
}
