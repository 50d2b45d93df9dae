using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers;

namespace Headwater.Query.Exporting;

/// <summary>Writes an answer as a file.</summary>
internal static class AnswerExporter
{
    public static ValueTask WriteAsync(
        IWarehouse warehouse,
        ResultTable table,
        ExportFormat format,
        Stream output,
        CancellationToken cancellationToken
    ) =>
        format == ExportFormat.Parquet
            ? warehouse.ExportParquetAsync(
                table.Columns,
                table.StreamAsync(cancellationToken),
                output,
                cancellationToken
            )
            : Writer(format).WriteAsync(table, output, cancellationToken);

    private static IResultWriter Writer(ExportFormat format) =>
        ResultWriters.Find(format.ToString()) ?? throw new InvalidOperationException($"no writer for {format}");
}
