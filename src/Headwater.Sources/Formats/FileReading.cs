using Headwater.Kernel.Diagnostics;

namespace Headwater.Sources.Formats;

/// <summary>How the engine reads one spooled file: what a format works out, and landing runs.</summary>
/// <param name="Columns">Columns of the file, in its order.</param>
/// <param name="From">A table expression over the spooled file.</param>
/// <param name="Texts">The same with every column as text, where the file has no types of its own: for finding out what a type that does not fit should be.</param>
/// <param name="Rules">Rows for which one holds cannot be read; none where the engine itself sets such rows aside.</param>
/// <param name="Original">SQL over <paramref name="From"/>: a row as it stood in the file.</param>
/// <param name="Rejects">The temporary table to which the engine writes rows that it cannot read, or null.</param>
/// <param name="Records">Records in the file by a count apart from the engine, which may go on beside it; null where there is none.</param>
/// <param name="Notes">What its author should know, though it landed.</param>
internal sealed record FileReading(
    IReadOnlyList<FileColumn> Columns,
    string From,
    string? Texts,
    IReadOnlyList<ReadingRule> Rules,
    string Original,
    string? Rejects,
    Task<long>? Records,
    IReadOnlyList<Diagnostic> Notes
)
{
    /// <summary>Records before the first: 1 where it names the columns.</summary>
    public int Headers { get; init; }

    /// <summary>The column of a name, whatever its case. It has to be there.</summary>
    public FileColumn Find(string name) => Columns[IndexOf(name)];

    /// <summary>The place of the column of a name, whatever its case. It has to be there.</summary>
    public int IndexOf(string name) =>
        Columns
            .Index()
            .First(column => string.Equals(column.Item.Name, name, StringComparison.OrdinalIgnoreCase))
            .Index;
}

/// <param name="Name">Name in the file, made unique.</param>
/// <param name="Type">The engine's type.</param>
/// <param name="Expression">SQL over the table expression that gives the value.</param>
internal sealed record FileColumn(string Name, string Type, string Expression);

/// <param name="Column">The column that is at fault, or null for the whole row.</param>
/// <param name="Condition">SQL over the table expression, true for rows that cannot be read.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record ReadingRule(string? Column, string Condition, string Reason);
