using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Rendering;

/// <summary>
/// The names of one node's rendering: macros first, so that a project can override what is built in, then what dbt puts into its
/// context. For one thread.
/// </summary>
internal sealed class RenderContext
{
    private readonly Dictionary<(string Name, string CallingPackage), JinjaMacro?> _macros = [];
    private readonly Dictionary<string, MacroNames> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object?> _members = new(StringComparer.Ordinal);

    public RenderContext(ParsedProject project, IRenderHost host, RenderedNode node, StatementRunner? database)
    {
        Project = project;
        Host = host;
        Node = node;
        Database = database;
    }

    public ParsedProject Project { get; }

    public IRenderHost Host { get; }

    public RenderedNode Node { get; }

    /// <summary>Null while parsing: then <c>execute</c> is false.</summary>
    public StatementRunner? Database { get; }

    /// <summary>The results kept by <c>store_result</c> and <c>statement</c>.</summary>
    public Dictionary<string, object?> Results { get; } = new(StringComparer.Ordinal);

    /// <summary>The names as the node's own text sees them.</summary>
    public INames Names => NamesIn(Node.Package);

    public INames NamesIn(string callingPackage)
    {
        if (!_names.TryGetValue(callingPackage, out var names))
        {
            _names[callingPackage] = names = new MacroNames(this, callingPackage);
        }

        return names;
    }

    /// <summary>What macros give instead of what they say, by name or by package and name.</summary>
    public JinjaDict MacroValues { get; init; } = new();

    public void Add(string name, object? value) => _members[name] = value;

    /// <summary>The macro that a plain name means in a package's code, bound to this rendering; null if there is none.</summary>
    public JinjaMacro? FindMacro(string name, string callingPackage)
    {
        if (!_macros.TryGetValue((name, callingPackage), out var macro))
        {
            macro = Bind(Project.Macros.Find(name, Node.Package, callingPackage));
            _macros[(name, callingPackage)] = macro;
        }

        return macro;
    }

    public JinjaMacro? Bind(MacroEntry? entry) =>
        entry is null ? null : new JinjaMacro(entry.Definition, entry.Template, NamesIn(entry.Package));

    public bool TryGetMember(string name, out object? value)
    {
        if (_members.TryGetValue(name, out value))
        {
            return true;
        }

        if (!ContextMembers.TryMake(name, this, out value))
        {
            return false;
        }

        _members[name] = value;
        return true;
    }

    private sealed class MacroNames(RenderContext context, string callingPackage) : INames
    {
        public bool TryGet(string name, out object? value)
        {
            if (context.MacroValues.TryGet(name, out var given))
            {
                value = OverridingFunction.Constant(name, given);
                return true;
            }

            if (context.FindMacro(name, callingPackage) is { } macro)
            {
                value = macro;
                return true;
            }

            if (context.TryGetMember(name, out value))
            {
                return true;
            }

            value = context.Project.Macros.HasPackage(name) ? new PackageObject(context, name) : null;
            return value is not null;
        }
    }
}

/// <summary>The node that a rendering is for.</summary>
/// <param name="UniqueId">dbt's id; empty outside any node.</param>
/// <param name="Package">The package whose macros its text sees first.</param>
/// <param name="Config">What <c>config</c> reads and, while parsing, writes.</param>
/// <param name="This">What <c>this</c> is; null where there is none.</param>
/// <param name="Model">What <c>model</c> is; made when it is asked for.</param>
internal sealed record RenderedNode(
    string UniqueId,
    string Name,
    string Package,
    ConfigObject Config,
    RelationObject? This,
    Lazy<JinjaDict> Model
)
{
    /// <summary>Outside any node.</summary>
    public static Lazy<JinjaDict> NoModel => new(static () => new JinjaDict());
}

/// <summary>The macros of a package: <c>some_package.some_macro</c>.</summary>
internal sealed class PackageObject(RenderContext context, string package) : IJinjaObject
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value =
            context.MacroValues.TryGet($"{package}.{name}", out var given)
            || (package == MacroLibrary.BuiltInPackage && context.MacroValues.TryGet(name, out given))
                ? OverridingFunction.Constant(name, given)
                : context.Bind(context.Project.Macros.InPackage(package, name));
        if (value is null && package == MacroLibrary.BuiltInPackage)
        {
            context.TryGetMember(name, out value);
        }

        return value is not null;
    }

    public override string ToString() => package;
}
