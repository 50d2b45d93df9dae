using System.Runtime.CompilerServices;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Postgres.Reading;
using Headwater.Warehouse.Results;
using Npgsql;

namespace Headwater.Warehouse.Postgres;

/// <summary>Streams a result: the server sends rows as fast as they are read, and no more than one batch is held.</summary>
internal sealed class PostgresResultReader : IResultReader
{
    private const int BatchRows = 2_048;
    private const int FirstRows = 65_536;
    private const long BatchBytes = 4 << 20;

    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _reader;
    private readonly PostgresStatement _statement;
    private readonly ValueReader[] _readers;
    private readonly RowReader _rows;
    private readonly bool _inTransaction;
    private readonly Func<CancellationToken, InsistentCancellation> _insist;
    private CancellationToken _caller;
    private Batch? _first;
    private bool _isAtEnd;

    private PostgresResultReader(
        NpgsqlCommand command,
        NpgsqlDataReader reader,
        PostgresStatement statement,
        ValueReader[] readers,
        bool inTransaction,
        Func<CancellationToken, InsistentCancellation> insist
    )
    {
        _command = command;
        _reader = reader;
        _statement = statement;
        _readers = readers;
        _rows = new RowReader(readers);
        _inTransaction = inTransaction;
        _insist = insist;
    }

    public IReadOnlyList<ResultColumn> Columns { get; private set; } = [];

    public bool IsDisposed { get; private set; }

    /// <summary>A reader over a running command; it owns both.</summary>
    public static async ValueTask<PostgresResultReader> OpenAsync(
        NpgsqlCommand command,
        NpgsqlDataReader reader,
        PostgresStatement statement,
        ValueReader[] readers,
        bool inTransaction,
        Func<CancellationToken, InsistentCancellation> insist,
        CancellationToken cancellationToken
    )
    {
        var result = new PostgresResultReader(command, reader, statement, readers, inTransaction, insist);
        try
        {
            await result.ReadHeadAsync(cancellationToken);
            return result;
        }
        catch
        {
            await result.DisposeAsync();
            throw;
        }
    }

    public async IAsyncEnumerable<Batch> ReadBatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        _caller = cancellationToken;
        if (_first is { } first)
        {
            _first = null;
            yield return first;
        }

        while (!_isAtEnd)
        {
            await FillAsync(BatchRows, cancellationToken);
            if (_rows.Rows > 0)
            {
                yield return _rows.Build();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (IsDisposed)
        {
            return;
        }

        IsDisposed = true;

        // The rest has to be read past, or the statement be cancelled; but that would end a transaction with it.
        var cancels = !_isAtEnd && (!_inTransaction || _caller.IsCancellationRequested);
        await using var insistent = cancels ? _insist(new CancellationToken(canceled: true)) : null;
        try
        {
            if (cancels)
            {
                _command.Cancel();
            }

            await _reader.DisposeAsync();
        }
        catch (NpgsqlException)
        {
            // Whoever stops early is not interested in how the rest would have failed.
        }

        await _command.DisposeAsync();
    }

    private async ValueTask ReadHeadAsync(CancellationToken cancellationToken)
    {
        _caller = cancellationToken;
        if (_readers.Any(reader => reader.IsOpen))
        {
            await FillAsync(FirstRows, cancellationToken);
            foreach (var reader in _readers)
            {
                reader.Decide(_isAtEnd);
            }

            _first = _rows.Rows > 0 ? _rows.Build() : null;
        }

        Columns = [.. _readers.Select((reader, index) => new ResultColumn(_reader.GetName(index), reader.Type))];
    }

    private async ValueTask FillAsync(int rows, CancellationToken cancellationToken)
    {
        try
        {
            await using var insistent = _insist(cancellationToken);
            while (_rows.Rows < rows && _rows.Bytes < BatchBytes)
            {
                if (!await _reader.ReadAsync(cancellationToken))
                {
                    _isAtEnd = true;
                    return;
                }

                _rows.Add(_reader);
            }
        }
        catch (NpgsqlException error)
        {
            _isAtEnd = true;
            throw error.ToWarehouse(_statement.Text, _statement.Offset);
        }
    }
}
