using System.Runtime.CompilerServices;
using Headwater.Kernel.Names;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;

namespace Headwater.Modeling.Materializations;

/// <summary>A seed that is read here and copied into a temporary table of texts, for an engine that sees no files.</summary>
internal sealed class CopiedSeed : SeedRows
{
    private const int BatchRows = 2048;

    private readonly MaterializationJob _job;
    private readonly string _quoted;

    private CopiedSeed(MaterializationJob job, string quoted, IReadOnlyList<SeedColumn> columns)
    {
        _job = job;
        _quoted = quoted;
        Columns = columns;
    }

    public override IReadOnlyList<SeedColumn> Columns { get; }

    public override string From => _quoted;

    public static new async ValueTask<SeedRows> OpenAsync(
        MaterializationJob job,
        SeedNode seed,
        CancellationToken cancellationToken
    )
    {
        using var file = SeedFile.Open(seed.File);
        var reader = new SeedCsv(file, Delimiter(job)[0]);
        var names = SeedFile.Decoded(seed.File, reader.ReadHeader);
        var table = new RelationName("pg_temp", job.Engine.Fit("__hw_seed_" + seed.Name));
        var quoted = job.Engine.Quote(table);
        await job.Connection.ExecuteAsync(job.Engine.CreateTemporaryTexts(table.Name, names), cancellationToken);
        var types = names.Select(_ => new SeedColumnType()).ToList();
        await job.Connection.AppendAsync(
            table,
            BatchesAsync(seed.File, reader, types, cancellationToken),
            cancellationToken
        );
        var given = GivenTypes(job);
        var columns = names.Select(
            (name, index) =>
                new SeedColumn(
                    name,
                    SeedColumn.NameOf(name, job, folds: true),
                    given.TryGetValue(name, out var type) ? type : types[index].Type
                )
        );
        return new CopiedSeed(job, quoted, [.. columns]);
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await _job.Connection.ExecuteAsync(
                WarehouseEngine.Drop(RelationKind.Table, _quoted),
                CancellationToken.None
            );
        }
        catch (WarehouseException)
        {
            // The transaction failed: the table goes with it.
        }
    }

    private static async IAsyncEnumerable<Batch> BatchesAsync(
        string path,
        SeedCsv reader,
        IReadOnlyList<SeedColumnType> types,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var texts = types.Select(_ => new TextColumnBuilder()).ToList();
            var rows = 0;
            for (; rows < BatchRows && SeedFile.Decoded(path, () => reader.Read(types.Count)) is { } values; rows++)
            {
                for (var column = 0; column < values.Count; column++)
                {
                    types[column].See(values[column]);
                    if (values[column] is { } value)
                    {
                        texts[column].Add(value);
                    }
                    else
                    {
                        texts[column].AddNull();
                    }
                }
            }

            if (rows == 0)
            {
                yield break;
            }

            yield return new Batch([.. texts.Select(column => column.Build())], rows);
            await Task.Yield();
        }
    }
}
