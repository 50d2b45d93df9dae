using Headwater.Jinja;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Parsing;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Parsing;

/// <summary>A node while it is parsed: what its first rendering found, before names are resolved.</summary>
internal sealed class NodeDraft
{
    public required string ResourceType { get; init; }

    public required string Name { get; init; }

    public required string Package { get; init; }

    public required SourceLocation Location { get; init; }

    /// <summary>Relative to the package.</summary>
    public required string Path { get; init; }

    public required IReadOnlyList<string> Fqn { get; init; }

    /// <summary>The settled config; inline config is merged into it while rendering.</summary>
    public required JinjaDict Config { get; init; }

    public string? UniqueIdSuffix { get; init; }

    public NodePatch? Patch { get; init; }

    public JinjaTemplate? Template { get; init; }

    public string RawSql { get; init; } = "";

    public string? File { get; init; }

    public GenericTest? Generic { get; init; }

    public ModelVersion? Version => Patch?.Version;

    public List<RefCall> Refs { get; } = [];

    /// <summary>What rendering a model found, where that is kept.</summary>
    public Exploration? Explored { get; set; }

    public string UniqueId => field ??= $"{ResourceType}.{Package}.{Name}{UniqueIdSuffix}";

    public NodeConfig Settled => new(Config);
}

/// <summary>A <c>ref()</c> or <c>source()</c> found in a template.</summary>
/// <param name="Source">The source, or null for a ref.</param>
/// <param name="Package">The package that a ref names, if it does.</param>
/// <param name="Version">The version that a ref names, if it does.</param>
internal sealed record RefCall(string? Source, string? Package, string Name, string? Version, SourceLocation? Location);

/// <summary>Records what a template reads. Its relations are stand-ins: nothing runs while parsing.</summary>
internal sealed class RefRecorder(NodeDraft draft, ParsedProject project) : IRenderHost
{
    public object? Ref(string name, string? package, string? version, CallContext context)
    {
        draft.Refs.Add(new RefCall(null, package, name, version, Place(context)));
        return new RelationObject(project.Catalog, project.Schema, name, "table", project.Dialect);
    }

    public object? Source(string source, string table, CallContext context)
    {
        draft.Refs.Add(new RefCall(source, null, table, null, Place(context)));
        return new RelationObject(project.Catalog, source, table, "table", project.Dialect);
    }

    // A call inside a macro is shown where the node's own text called the macro.
    private static SourceLocation? Place(CallContext context) =>
        context.MacroStack is [.., var outermost] ? outermost.CalledAt : context.Location;
}
