using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Project.Yaml;
using Headwater.Sources.Files;
using Headwater.Sources.Formats;
using Headwater.Sources.Formats.Csv;
using Headwater.Sources.Landing;
using Headwater.Warehouse;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Sheets;

/// <summary>
/// Reads two columns of a spreadsheet that somebody brings along, by the readers with which sources are landed. Nothing is kept. Safe for several threads.
/// </summary>
public sealed class SheetReader(WarehouseHost warehouse)
{
    /// <summary>Rows of a sheet that are read at most.</summary>
    public const int MostRows = 1_000_000;

    // A small workbook can unpack to a large one: reading stops, whatever it holds.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(30);

    /// <summary>Bytes that a sheet may become on its way.</summary>
    private const long MostSpooled = 512L << 20;

    private static readonly string[] Endings = [".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsb"];

    /// <summary>Reads a sheet.</summary>
    /// <param name="name">The file's name: its ending says what it is.</param>
    /// <param name="content">The file.</param>
    /// <param name="key">The column of keys, by its heading.</param>
    /// <param name="value">The column of values, by its heading.</param>
    /// <param name="sheet">The sheet of a workbook; null for the first.</param>
    /// <exception cref="DiagnosticException">HW3004, HW3006, HW3013, HW3030 to HW3033: it cannot be read, or has no such column.</exception>
    public async Task<SheetColumns> ReadAsync(
        string name,
        Stream content,
        string key,
        string value,
        string? sheet,
        CancellationToken cancellationToken
    )
    {
        var ending = Path.GetExtension(name).ToLowerInvariant();
        if (!Endings.Contains(ending))
        {
            throw SourceDiagnostics.NoSheet.With(name, string.Join(", ", Endings)).ToException();
        }

        var engine = warehouse.Warehouse.FileEngine;
        // Named by chance: what the asker calls it is no path of this machine.
        var path = Path.Combine(engine.SpoolFolder, $"{Guid.NewGuid():n}{ending}");
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timed.CancelAfter(MostTime);
        try
        {
            await using (var file = File.Create(path))
            {
                await content.CopyToAsync(file, timed.Token);
            }

            if (ending is ".xlsx" or ".xlsb" && await Unpacked.IsTooLargeAsync(path, timed.Token))
            {
                throw SourceDiagnostics.SheetTooLarge.With(name).ToException();
            }

            return await ReadAsync(engine, name, path, key, value, sheet, timed.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw SourceDiagnostics.SheetTooLarge.With(name).ToException();
        }
        catch (WarehouseException problem)
        {
            throw SourceDiagnostics.SheetBroken.With(name).ToException(problem);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<SheetColumns> ReadAsync(
        IWarehouse engine,
        string name,
        string path,
        string key,
        string value,
        string? sheet,
        CancellationToken cancellationToken
    )
    {
        var location = new SourceLocation(name);
        var format = new FileFormat(
            FileKind.Auto,
            null,
            null,
            null,
            null,
            Header: true,
            [],
            [],
            [],
            new Dictionary<string, LocatedText>(),
            sheet is null ? null : new LocatedText(sheet, location),
            null
        );
        var info = new FileInfo(path);
        var shape = FileFormats.IsCsv(FileKind.Auto, name) ? CsvFormat.ShapeOf(info, format) : RecordShape.Lines;
        var file = new SourceFile(name, info, FileSurvey.Take(path, shape));
        var connection = await engine.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var context = new ReadingContext(
                connection,
                engine.Dialect,
                file,
                new Spool(engine.SpoolFolder, LandingLimits.Default),
                format,
                new Dictionary<string, string>(),
                IsCareful: true
            )
            {
                MostSpooled = MostSpooled,
            };
            var (spooled, reading) = await FileFormats.Find(FileKind.Auto, file).OpenAsync(context, cancellationToken);
            using (spooled)
            {
                var columns = string.Join(", ", ((string[])[key, value]).Select(Column));
                var table = await connection.QueryAsync(
                    $"SELECT {columns} FROM {reading.Texts} LIMIT {MostRows + 1}",
                    cancellationToken
                );
                if (table.RowCount > MostRows)
                {
                    throw SourceDiagnostics.SheetTooLarge.With(name).ToException();
                }

                var (keys, values) = (new List<string?>(), new List<string?>());
                foreach (var batch in table.Batches)
                {
                    for (var row = 0; row < batch.RowCount; row++)
                    {
                        keys.Add((string?)batch.Columns[0].Value(row));
                        values.Add((string?)batch.Columns[1].Value(row));
                    }
                }

                return new SheetColumns(keys, values, IsWorkbook: !FileFormats.IsCsv(FileKind.Auto, name));
            }

            string Column(string wanted) =>
                reading.Columns.FirstOrDefault(known =>
                    string.Equals(known.Name, wanted.Trim(), StringComparison.OrdinalIgnoreCase)
                )
                    is { } found
                    ? engine.Dialect.Quote(found.Name)
                    : throw SourceDiagnostics
                        .NoSheetColumn.With(name, wanted)
                        .Suggesting(wanted, [.. reading.Columns.Select(known => known.Name)])
                        .ToException();
        }
    }
}

/// <summary>Two columns of a sheet, row by row, as texts.</summary>
/// <param name="IsWorkbook">Whether its numbers are floating-point numbers, of which a workbook shows 15 digits.</param>
public sealed record SheetColumns(IReadOnlyList<string?> Keys, IReadOnlyList<string?> Values, bool IsWorkbook);
