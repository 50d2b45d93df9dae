using System.Globalization;
using System.Text;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Formats.Csv;

namespace Headwater.Sources.Formats.Xlsx;

/// <summary>
/// Excel workbooks: one sheet, or a range of it, is written to the spool as CSV with ISO dates, and read from there like any CSV.
/// </summary>
internal sealed class XlsxFormat : IFileFormat
{
    public static XlsxFormat Instance { get; } = new();

    private static readonly CsvDialect XlsxDialect = new(",", "\"", "\"");

    public string Noun => "Excel";

    public async ValueTask<(SpooledFile Spooled, FileReading Reading)> OpenAsync(
        ReadingContext context,
        CancellationToken cancellationToken
    )
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var path = context.Spool.NewPath("sheet.csv");
        try
        {
            var records = Convert(context, path, cancellationToken);
            var spooled = Spool.Counted(path, records, []);
            var options = context.Options with { Kind = FileKind.Csv, Delimiter = ",", Quote = "\"", Escape = "\"" };
            var reading = await CsvFormat.ReadAsync(context with { Options = options }, spooled, cancellationToken);
            return (spooled, reading);
        }
        catch (Exception problem) when (problem is ExcelReaderException or InvalidDataException or XmlException)
        {
            File.Delete(path);
            throw SourceDiagnostics.FileBroken.With(context.File.Name, Noun, problem.Message).ToException(problem);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static RecordScan Convert(ReadingContext context, string path, CancellationToken cancellationToken)
    {
        using var input = context.File.Info.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = ExcelReaderFactory.CreateReader(input);
        SelectSheet(context, reader);
        var range = context.Options.Range is { } text ? CellRange.Parse(text) : CellRange.All;
        using (var output = new StreamWriter(path, append: false, new UTF8Encoding(false)))
        {
            var written = 0L;
            for (var row = 0; reader.Read() && row <= range.LastRow; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (row >= range.FirstRow)
                {
                    written += WriteRow(reader, range, output, context.MostSpooled - written);
                    if (written > context.MostSpooled)
                    {
                        throw SourceDiagnostics.SheetTooLarge.With(context.File.Name).ToException();
                    }
                }
            }
        }

        return FileSurvey.CountRecords(path, XlsxDialect.Shape, cancellationToken);
    }

    private static void SelectSheet(ReadingContext context, IExcelDataReader reader)
    {
        if (context.Options.Sheet is not { } sheet)
        {
            return;
        }

        var known = new List<string>();
        do
        {
            if (string.Equals(reader.Name, sheet.Text, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }

            known.Add(reader.Name);
        } while (reader.NextResult());
        throw SourceDiagnostics
            .SheetMissing.At(sheet.Location, context.File.Name, sheet.Text, string.Join(", ", known))
            .ToException();
    }

    // How many characters the row has; one that is more than what is left is not written.
    private static long WriteRow(IExcelDataReader reader, CellRange range, StreamWriter output, long? left)
    {
        var last = range.LastColumn == int.MaxValue ? reader.FieldCount - 1 : range.LastColumn;
        var cells = Enumerable
            .Range(range.FirstColumn, Math.Max(0, last - range.FirstColumn + 1))
            .Select(column => column < reader.FieldCount ? Text(reader.GetValue(column)) : "")
            .ToList();
        var length = cells.Sum(cell => cell.Length + 1L);
        // An empty row between or after the data is layout, not a record.
        if (!(length > left) && cells.Exists(cell => cell.Length > 0))
        {
            output.Write(string.Join(',', cells.Select(Quoted)));
            output.Write('\n');
        }

        return length;
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "",
            DateTime { TimeOfDay.Ticks: 0 } date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
