using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Materializations;

/// <summary>A seed that the engine reads itself, from a copy in the one folder that is open to it.</summary>
internal sealed class SpooledSeed : SeedRows
{
    private readonly string _copy;

    private SpooledSeed(string copy, string from, IReadOnlyList<SeedColumn> columns)
    {
        _copy = copy;
        From = from;
        Columns = columns;
    }

    public override IReadOnlyList<SeedColumn> Columns { get; }

    public override string From { get; }

    public static new async ValueTask<SeedRows> OpenAsync(
        MaterializationJob job,
        SeedNode seed,
        CancellationToken cancellationToken
    )
    {
        var copy = Path.Combine(job.Run.Warehouse.SpoolFolder, $"seed_{Path.GetRandomFileName()}.csv");
        try
        {
            File.Copy(seed.File, copy);
            var delimiter = Delimiter(job);
            var (names, types) = await Task.Run(
                () => SeedFile.Decoded(copy, () => Detect(copy, delimiter, cancellationToken)),
                cancellationToken
            );
            var from = Reading(job, copy, delimiter, names);
            var given = GivenTypes(job);
            var columns = names.Zip(
                types,
                (name, type) =>
                    new SeedColumn(
                        name,
                        SeedColumn.NameOf(name, job, folds: false),
                        given.TryGetValue(name, out var written) ? written : type
                    )
            );
            return new SpooledSeed(copy, from, [.. columns]);
        }
        catch
        {
            File.Delete(copy);
            throw;
        }
    }

    public override ValueTask DisposeAsync()
    {
        File.Delete(_copy);
        return ValueTask.CompletedTask;
    }

    // Asking the engine for the type of each of some hundred columns costs it seconds of planning.
    private static (IReadOnlyList<string> Names, IReadOnlyList<string> Types) Detect(
        string path,
        string delimiter,
        CancellationToken cancellationToken
    )
    {
        using var file = SeedFile.Open(path);
        var reader = new SeedCsv(file, delimiter[0]);
        var names = reader.ReadHeader();
        var types = names.Select(_ => new SeedColumnType()).ToList();
        while (reader.Read(names.Count) is { } values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var column = 0; column < values.Count; column++)
            {
                types[column].See(values[column]);
            }
        }

        // DuckDB's whole numbers are of eight bytes wherever nothing else is asked for.
        return (names, [.. types.Select(type => type.Type is "integer" ? "bigint" : type.Type)]);
    }

    private static string Reading(MaterializationJob job, string path, string delimiter, IReadOnlyList<string> names)
    {
        var dialect = job.Engine.Dialect;
        var columns = string.Join(", ", names.Select(name => $"{dialect.Literal(name)}: 'VARCHAR'"));
        return $"read_csv({dialect.Literal(path)}, auto_detect = false, header = true, nullstr = ['', 'null', 'NULL', 'Null'], "
            + $"delim = {dialect.Literal(delimiter)}, quote = '\"', escape = '\"', columns = {{{columns}}})";
    }
}
