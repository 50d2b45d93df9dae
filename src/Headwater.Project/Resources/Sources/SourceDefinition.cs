using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Project.Resources.Sources;

/// <summary>One file of <c>sources/</c>: what to land, from where, how often.</summary>
/// <param name="Name">Also the dbt source's name; tables land in the schema <c>raw_NAME</c>.</param>
/// <param name="Connector">The kind of source, such as <c>files</c>.</param>
/// <param name="Path">Folder of the files: absolute, resolved against the project (against the current folder when it came from <c>--set</c>).</param>
/// <param name="Schedule">Five-field cron in the time zone of the business, or null: landed by hand and by builds.</param>
/// <param name="SchemaChanges">Whether new columns may change the tables.</param>
public sealed record SourceDefinition(
    string Name,
    string Package,
    SourceLocation Location,
    string? Description,
    LocatedText Connector,
    LocatedText Path,
    IReadOnlyList<StreamDefinition> Streams,
    LocatedText? Schedule,
    Freshness? Freshness,
    SchemaChanges SchemaChanges
) : IResource
{
    /// <summary>The schema that this source's tables are in.</summary>
    public string Schema => "raw_" + Name;
}

/// <summary>One table of a source.</summary>
/// <param name="Files">Glob over the source's path; <c>**</c> goes into folders.</param>
/// <param name="PrimaryKey">Key columns in order; needed for <see cref="LoadMode.Upsert"/>.</param>
/// <param name="RowNumbers">Whether each row gets <c>_hw_row</c>; without it landing is faster.</param>
/// <param name="Format">How to read the files.</param>
public sealed record StreamDefinition(
    string Name,
    SourceLocation Location,
    string? Description,
    LocatedText Files,
    IReadOnlyList<string> PrimaryKey,
    LoadMode Load,
    bool RowNumbers,
    FileFormat Format
);

public enum LoadMode
{
    /// <summary>Rows of a new file are added.</summary>
    Append,

    /// <summary>Rows of a new file replace those with the same primary key.</summary>
    Upsert,

    /// <summary>The table holds exactly the rows of the files there are now.</summary>
    Replace,
}

public enum SchemaChanges
{
    /// <summary>New columns are added and types that widen are widened.</summary>
    Evolve,

    /// <summary>A load with other columns or wider types is refused.</summary>
    Freeze,
}

/// <summary>How old the newest load of a source may be.</summary>
public sealed record Freshness(TimeSpan? WarnAfter, TimeSpan? ErrorAfter);
