using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Formats;
using Headwater.Sources.Landing.Tables;

namespace Headwater.Sources.Landing.Loading;

/// <summary>What a stream asks of the columns of its files.</summary>
internal sealed class ColumnRequirements(StreamDefinition stream)
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

    /// <summary>Rules that set rows aside whose primary key is empty: such a row takes the place of none, and none of its.</summary>
    public IEnumerable<ReadingRule> KeyRules(FileReading reading) =>
        stream.Load != LoadMode.Upsert
            ? []
            : stream
                .PrimaryKey.Select(reading.Find)
                .Select(column => new ReadingRule(
                    column.Name,
                    $"{column.Expression} IS NULL",
                    "the primary key is empty"
                ));
}
