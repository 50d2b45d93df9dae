using Headwater.Jinja.Evaluation;

namespace Headwater.Jinja.Functions;

/// <summary>The parameters of a native function, as in Python: by place or by name. A name that ends in <c>?</c> may be left out.</summary>
public sealed class ParameterList
{
    internal static readonly object Absent = new();
    private readonly string[] _names;
    private readonly bool[] _optional;

    private ParameterList(string[] names)
    {
        _names = [.. names.Select(name => name.TrimEnd('?'))];
        _optional = [.. names.Select(name => name.EndsWith('?'))];
    }

    public static ParameterList None { get; } = new([]);

    public static ParameterList Of(params string[] names) => new(names);

    internal object?[] Bind(string callee, Arguments arguments)
    {
        if (arguments.Positional.Count > _names.Length)
        {
            throw JinjaFault.Arguments(
                $"{callee}() takes {(_names.Length == 0 ? "no arguments" : $"at most {_names.Length} argument(s)")} ({arguments.Positional.Count} given)"
            );
        }

        var bound = new object?[_names.Length];
        var named = 0;
        for (var index = 0; index < bound.Length; index++)
        {
            if (index < arguments.Positional.Count)
            {
                bound[index] = arguments.Positional[index];
            }
            else if (arguments.Keyword.TryGetValue(_names[index], out var value))
            {
                bound[index] = value;
                named++;
            }
            else if (_optional[index])
            {
                bound[index] = Absent;
            }
            else
            {
                throw JinjaFault.Arguments($"{callee}() missing required argument: '{_names[index]}'");
            }
        }

        if (named < arguments.Keyword.Count)
        {
            var unknown = arguments.Keyword.Keys.First(key => !_names.AsSpan(arguments.Positional.Count).Contains(key));
            throw JinjaFault.Arguments($"{callee}() got an unexpected keyword argument '{unknown}'");
        }

        return bound;
    }
}
