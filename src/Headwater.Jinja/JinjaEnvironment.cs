using System.Collections.Frozen;
using Headwater.Jinja.Filters;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Parsing;
using Headwater.Jinja.Predicates;
using Headwater.Jinja.Syntax;

namespace Headwater.Jinja;

/// <summary>
/// The language: Jinja's filters, tests and global functions, and what a host adds. Immutable and safe for several threads; make one and keep it.
/// </summary>
public sealed class JinjaEnvironment
{
    public JinjaEnvironment(
        IEnumerable<NativeFunction>? filters = null,
        IEnumerable<NativeFunction>? tests = null,
        IEnumerable<BlockTag>? tags = null
    )
    {
        Filters = ByName(BuiltInFilters.All, filters);
        Tests = ByName(BuiltInPredicates.All, tests);
        Tags = (tags ?? []).ToFrozenDictionary(tag => tag.Name, StringComparer.Ordinal);
        Globals = GlobalFunctions.All.ToFrozenDictionary(
            function => function.Name,
            object? (function) => function,
            StringComparer.Ordinal
        );
    }

    internal FrozenDictionary<string, NativeFunction> Filters { get; }

    internal FrozenDictionary<string, NativeFunction> Tests { get; }

    internal FrozenDictionary<string, BlockTag> Tags { get; }

    internal FrozenDictionary<string, object?> Globals { get; }

    /// <summary>True for a function that every template knows, such as <c>range</c>.</summary>
    public bool HasGlobal(string name) => Globals.ContainsKey(name);

    /// <summary>Parses a template.</summary>
    /// <param name="source">The text.</param>
    /// <param name="file">The file for diagnostics, relative to the project.</param>
    /// <param name="start">Where in the file the text starts.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">The first syntax error (HW200x).</exception>
    public JinjaTemplate Parse(string source, string file, Position? start = null)
    {
        var place = start ?? new Position(1, 1);
        return new JinjaTemplate(file, source, place, new Parser(this, source, file, place).Parse());
    }

    /// <summary>A template that is parsed when somebody first looks into it: for a text that is known to be one.</summary>
    /// <param name="source">The text.</param>
    /// <param name="file">The file for diagnostics, relative to the project.</param>
    /// <param name="start">Where in the file the text starts.</param>
    public JinjaTemplate ParseLater(string source, string file, Position start) =>
        new(file, source, start, () => new Parser(this, source, file, start).Parse());

    private static FrozenDictionary<string, NativeFunction> ByName(
        IEnumerable<NativeFunction> builtIn,
        IEnumerable<NativeFunction>? added
    )
    {
        var byName = builtIn.ToDictionary(function => function.Name, StringComparer.Ordinal);
        foreach (var function in added ?? [])
        {
            byName[function.Name] = function;
        }

        return byName.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
