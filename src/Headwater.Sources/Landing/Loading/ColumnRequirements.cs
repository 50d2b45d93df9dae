using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Formats;
using Headwater.Sources.Landing.Tables;
using Headwater.Sources.Types;

namespace Headwater.Sources.Landing.Loading;

/// <summary>What a stream, and the engine that keeps its rows, ask of the columns of its files.</summary>
internal sealed class ColumnRequirements(StreamDefinition stream, RawDialect keeper)
{
    /// <summary>Checks that no column has a name of landing's own, and that all of the primary key are there.</summary>
    /// <exception cref="DiagnosticException">HW3008 or HW3010.</exception>
    public void Check(SourceFile file, FileReading reading)
    {
        foreach (var column in reading.Columns)
        {
            if (column.Name.StartsWith(TargetTable.OwnPrefix, StringComparison.OrdinalIgnoreCase))
            {
                throw SourceDiagnostics.ReservedColumn.At(stream.Location, file.Name, column.Name).ToException();
            }
        }

        foreach (var key in stream.PrimaryKey)
        {
            if (!reading.Columns.Any(column => string.Equals(column.Name, key, StringComparison.OrdinalIgnoreCase)))
            {
                throw (
                    SourceDiagnostics.KeyMissing.At(stream.Location, file.Name, key, stream.Name) with
                    {
                        Hint = NearestName.Hint(key, [.. reading.Columns.Select(column => column.Name)]),
                    }
                ).ToException();
            }
        }
    }

    /// <summary>Rules that set rows aside: whose primary key is empty, since such a row takes the place of none, and none of its; whose text cannot be kept.</summary>
    public IEnumerable<ReadingRule> Rules(FileReading reading) => KeyRules(reading).Concat(TextRules(reading));

    private IEnumerable<ReadingRule> KeyRules(FileReading reading) =>
        stream.Load != LoadMode.Upsert
            ? []
            : stream
                .PrimaryKey.Select(reading.Find)
                .Select(column => new ReadingRule(
                    column.Name,
                    $"{column.Expression} IS NULL",
                    "the primary key is empty"
                ));

    private IEnumerable<ReadingRule> TextRules(FileReading reading) =>
        keeper.KeepsNul
            ? []
            : reading
                .Columns.Where(column => column.Type == ColumnTypes.Text)
                .Select(column => new ReadingRule(
                    column.Name,
                    $"contains({column.Expression}, chr(0))",
                    "it holds a NUL character, which the warehouse cannot keep"
                ));
}
