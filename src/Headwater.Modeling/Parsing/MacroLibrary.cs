using Headwater.Jinja.Parsing;
using Headwater.Jinja.Syntax;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Modeling.Parsing;

/// <summary>A macro, generic test or materialization, under the name that it is called by.</summary>
/// <param name="Name">Generic tests are <c>test_NAME</c>, materializations <c>materialization_NAME_ADAPTER</c>.</param>
/// <param name="Template">The file that it is in.</param>
/// <param name="Index">Its place among the macros of the file.</param>
public sealed record MacroEntry(string Name, string Package, JinjaTemplate Template, int Index, bool IsBuiltIn)
{
    public MacroDefinition Definition => Template.Macros[Index];

    /// <summary>dbt's id: <c>macro.package.name</c>.</summary>
    public string UniqueId => $"macro.{Package}.{Name}";

    public SourceLocation Location => new(Template.File, Definition.Position.Line, Definition.Position.Column);
}

/// <summary>All macros by package. Immutable and safe for several threads.</summary>
public sealed class MacroLibrary
{
    /// <summary>The package of the built-in macros, under the name that projects know it by.</summary>
    public const string BuiltInPackage = "dbt";

    private const string MaterializationPrefix = "materialization_";

    private readonly Dictionary<string, Dictionary<string, MacroEntry>> _packages;

    internal MacroLibrary(IEnumerable<MacroEntry> macros, string rootPackage)
    {
        RootPackage = rootPackage;
        _packages = macros
            .GroupBy(macro => macro.Package, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.ToDictionary(macro => macro.Name, StringComparer.Ordinal),
                StringComparer.Ordinal
            );
    }

    public string RootPackage { get; }

    public IEnumerable<MacroEntry> All => _packages.Values.SelectMany(package => package.Values);

    public bool HasPackage(string package) => _packages.ContainsKey(package);

    /// <summary>The names of a package's macros that can be called by name, generic tests and materializations left out.</summary>
    public IEnumerable<string> Callable(string package) =>
        _packages.TryGetValue(package, out var macros)
            ? macros.Keys.Where(name =>
                !name.StartsWith("test_", StringComparison.Ordinal)
                && !name.StartsWith(MaterializationPrefix, StringComparison.Ordinal)
            )
            : [];

    /// <summary>The materializations that the project and its packages define for an engine, or for all.</summary>
    public IEnumerable<string> Materializations(string adapter) =>
        All.Select(macro => macro.Name)
            .Where(name => name.StartsWith(MaterializationPrefix, StringComparison.Ordinal))
            .SelectMany(name =>
                new[] { "_default", "_" + adapter }
                    .Where(end => name.EndsWith(end, StringComparison.Ordinal))
                    .Select(end => name[MaterializationPrefix.Length..^end.Length])
            )
            .Distinct(StringComparer.Ordinal);

    public MacroEntry? InPackage(string package, string name) =>
        _packages.TryGetValue(package, out var macros) && macros.TryGetValue(name, out var macro) ? macro : null;

    /// <summary>
    /// The macro that a plain name means: of the package that is rendered, else of the project, else of the package whose macro calls,
    /// else built in. A project so overrides what is built in.
    /// </summary>
    public MacroEntry? Find(string name, string renderedPackage, string callingPackage) =>
        InPackage(renderedPackage, name)
        ?? InPackage(RootPackage, name)
        ?? InPackage(callingPackage, name)
        ?? InPackage(BuiltInPackage, name);

    /// <summary>A generic test by name, looked for in a package if one is given, else in the project, all packages and the built-in ones.</summary>
    public MacroEntry? FindTest(string name, string? package, string definingPackage)
    {
        var macro = "test_" + name;
        return package is not null ? InPackage(package, macro) : Find(macro, definingPackage, definingPackage);
    }
}
