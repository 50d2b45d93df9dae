using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>
/// A table from a CSV file of the project. Every row must have as many fields as the header. Types are detected over the whole file;
/// <c>column_types</c> says otherwise.
/// </summary>
internal sealed class SeedMaterialization : IMaterialization
{
    public string Name => "seed";

    public async ValueTask CheckAsync(MaterializationJob job, CancellationToken cancellationToken) =>
        await LoadAsync(job, new TableOptions(Empty: true), cancellationToken);

    public async ValueTask<long?> BuildAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        await LoadAsync(job, job.TableOptions, cancellationToken);
        return await job.CountAsync(cancellationToken);
    }

    private static async ValueTask LoadAsync(
        MaterializationJob job,
        TableOptions options,
        CancellationToken cancellationToken
    )
    {
        var seed = (SeedNode)job.Node;
        try
        {
            await using var rows = await SeedRows.OpenAsync(job, seed, cancellationToken);
            var columns = rows.Columns.Select(column =>
                $"CAST({job.Engine.Quote(column.Source)} AS {column.Type}) AS {job.Engine.Quote(column.Name)}"
            );
            var query = $"SELECT {string.Join(", ", columns)} FROM {rows.From}";
            await job.ReplaceAsync(
                RelationKind.Table,
                quoted => [job.Engine.CreateTable(quoted, query, options)],
                cancellationToken
            );
            foreach (var statement in job.Engine.CreateIndexes(seed.Relation, job.QuotedName, job.Indexes))
            {
                await job.Connection.ExecuteAsync(statement, cancellationToken);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw (
                ModelingDiagnostics.ModelFailed.At(Place(seed, problem), $"seed '{seed.Name}'", problem.Message) with
                {
                    Hint = "a seed is a readable CSV file in which every row has as many fields as the header",
                }
            ).ToException(problem);
        }
    }

    private static SourceLocation Place(SeedNode seed, Exception problem) =>
        problem is SeedFormatException { Line: var line }
            ? new SourceLocation(seed.Location.File, line, 1)
            : seed.Location.OrStart();
}

/// <summary>A column of a seed.</summary>
/// <param name="Source">Its name in the file.</param>
/// <param name="Name">Its name in the table.</param>
internal sealed record SeedColumn(string Source, string Name, string Type)
{
    /// <summary>
    /// What a column of a file is called in its table. Unless names are quoted, they are written into SQL as they stand: quotes in the
    /// file are SQL's, and other names are folded as the engine folds them.
    /// </summary>
    public static string NameOf(string inFile, MaterializationJob job, bool folds) =>
        job.Node.Config.Flag("quote_columns") ?? false ? inFile
        : inFile is ['"', .. { Length: > 0 } quoted, '"'] ? quoted.Replace("\"\"", "\"", StringComparison.Ordinal)
        : folds ? inFile.ToLowerInvariant()
        : inFile;
}

/// <summary>The rows of a seed where the engine can read them. Disposing removes them.</summary>
internal abstract class SeedRows : IAsyncDisposable
{
    public abstract IReadOnlyList<SeedColumn> Columns { get; }

    /// <summary>What to select from: all columns as text.</summary>
    public abstract string From { get; }

    /// <exception cref="IOException">The file cannot be read, or is none of rows of equal length.</exception>
    public static async ValueTask<SeedRows> OpenAsync(
        MaterializationJob job,
        SeedNode seed,
        CancellationToken cancellationToken
    ) =>
        job.Run.Warehouse.SpoolFolder.Length > 0
            ? await SpooledSeed.OpenAsync(job, seed, cancellationToken)
            : await CopiedSeed.OpenAsync(job, seed, cancellationToken);

    public abstract ValueTask DisposeAsync();

    protected static string Delimiter(MaterializationJob job) =>
        job.Node.Config.Text("delimiter") is { Length: > 0 } given ? given : ",";

    /// <summary>The types that the config sets, by column.</summary>
    protected static Dictionary<string, string> GivenTypes(MaterializationJob job)
    {
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, type) in (job.Node.Config["column_types"] as JinjaDict ?? new JinjaDict()).Items)
        {
            given[Text.Str(name)] = Text.Str(type);
        }

        return given;
    }
}
