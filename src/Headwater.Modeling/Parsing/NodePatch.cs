using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>What a properties file says about a model, seed or source table.</summary>
internal sealed record NodePatch(
    string Kind,
    LocatedText Name,
    string Package,
    string? Description,
    JinjaDict Config,
    IReadOnlyList<ColumnInfo> Columns,
    IReadOnlyList<TestEntry> Tests
);

/// <summary>A test as written below a node or a column.</summary>
internal sealed record TestEntry(YamlNode Node, string? Column, SourceLocation Location, string Package);

/// <summary>A table of a <c>sources:</c> entry.</summary>
internal sealed record SourceEntry(
    LocatedText Source,
    string? SourceDescription,
    string Schema,
    string? Identifier,
    string Path,
    NodePatch Table
);
