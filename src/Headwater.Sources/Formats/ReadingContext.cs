using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Types;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Formats;

/// <summary>What a format needs to work out how a file is read.</summary>
/// <param name="Connection">For looking into the file.</param>
/// <param name="File">The file.</param>
/// <param name="Spool">Where it is put for the engine.</param>
/// <param name="Options">What the stream says about its files.</param>
/// <param name="KnownTypes">Types of the columns that the stream's table has already: they are kept unless a file shows that they are too narrow.</param>
/// <param name="IsCareful">Whether every value has to be looked at, because one did not fit.</param>
internal sealed record ReadingContext(
    IWarehouseConnection Connection,
    SqlDialect Dialect,
    SourceFile File,
    Spool Spool,
    FileFormat Options,
    IReadOnlyDictionary<string, string> KnownTypes,
    bool IsCareful
)
{
    /// <summary>Bytes that a file may become in the spool; null for any number. A workbook that names one long text a million times becomes more than there is room for.</summary>
    public long? MostSpooled { get; init; }

    /// <summary>Whether a text file is taken to be as the engine can read it, until its records are counted.</summary>
    public bool IsTrusted => !IsCareful && Spool.CountsBeside(File);

    /// <summary>The type that the stream's file declares for a column, or null.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW3009.</exception>
    public string? DeclaredType(string column)
    {
        if (!Options.Columns.TryGetValue(column, out var written))
        {
            return null;
        }

        return ColumnTypes.Find(written.Text)
            ?? throw SourceDiagnostics.UnknownType.At(written.Location, written.Text, column).ToException();
    }
}

/// <summary>A file format. One class each; stateless.</summary>
internal interface IFileFormat
{
    /// <summary>What it is called in messages.</summary>
    string Noun { get; }

    /// <summary>Puts the file into the spool and works out how it is read.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW3003 to HW3013: the file cannot be read at all.</exception>
    ValueTask<(SpooledFile Spooled, FileReading Reading)> OpenAsync(
        ReadingContext context,
        CancellationToken cancellationToken
    );
}
