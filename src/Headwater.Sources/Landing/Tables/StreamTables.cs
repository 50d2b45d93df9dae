using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;

namespace Headwater.Sources.Landing.Tables;

/// <summary>
/// All that landing a stream writes: its rows, its quarantine, the list of its files and the versions of its tables. What changes several of them does
/// so in one transaction. One instance a connection.
/// </summary>
internal sealed class StreamTables
{
    private readonly IWarehouseConnection _connection;
    private readonly RelationName _name;
    private readonly string _source;
    private readonly string _stream;

    public StreamTables(
        IWarehouseConnection connection,
        SqlDialect dialect,
        SourceDefinition source,
        StreamDefinition stream
    )
    {
        _connection = connection;
        _name = new RelationName(source.Schema, stream.Name);
        _source = source.Name;
        _stream = stream.Name;
        Target = new TargetTable(connection, RawDialect.Of(dialect), _name);
        Rows = new TargetRows(connection, dialect, Target);
        Quarantine = new QuarantineTable(connection, dialect, source);
    }

    /// <summary>The raw table.</summary>
    public TargetTable Target { get; }

    /// <summary>The raw table's rows.</summary>
    public TargetRows Rows { get; }

    /// <summary>The source's quarantine.</summary>
    public QuarantineTable Quarantine { get; }

    /// <summary>Makes the tables that do not depend on a file.</summary>
    public async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        await LandedFiles.EnsureAsync(_connection, cancellationToken);
        await PublishedVersions.EnsureAsync(_connection, cancellationToken);
        await Quarantine.EnsureAsync(cancellationToken);
    }

    /// <summary>The files that the raw table holds.</summary>
    public ValueTask<List<LandedFile>> ReadLandedAsync(CancellationToken cancellationToken) =>
        LandedFiles.ReadAsync(_connection, _source, _stream, cancellationToken);

    /// <summary>Follows a file to another name, wherever it is noted. A transaction of its own.</summary>
    public async ValueTask RenameAsync(string file, string name, CancellationToken cancellationToken)
    {
        await _connection.BeginAsync(cancellationToken);
        await Rows.RenameAsync(file, name, cancellationToken);
        await Quarantine.RenameAsync(_stream, file, name, cancellationToken);
        await LandedFiles.RenameAsync(_connection, _source, _stream, file, name, cancellationToken);
        await _connection.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Forgets the quarantine of one file, or of all, and that it was landed. Its rows stay: they can go only when the table's columns fit the file that
    /// comes.
    /// </summary>
    public async ValueTask ForgetAsync(string? file, CancellationToken cancellationToken)
    {
        await Quarantine.RemoveAsync(_stream, file, cancellationToken);
        await LandedFiles.RemoveAsync(_connection, _source, _stream, file, cancellationToken);
    }

    /// <summary>Notes that a file is landed.</summary>
    public ValueTask AddLandedAsync(
        SourceFile file,
        LandingPlace place,
        FileCounts counts,
        CancellationToken cancellationToken
    ) =>
        LandedFiles.AddAsync(
            _connection,
            _source,
            _stream,
            file,
            place.Batch,
            counts,
            place.LoadedAt,
            cancellationToken
        );

    /// <summary>Tells the readers of the tables that they have changed.</summary>
    public async ValueTask RaiseVersionsAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        await PublishedVersions.RaiseAsync(_connection, [_name, Quarantine.Relation], at, cancellationToken);
}
