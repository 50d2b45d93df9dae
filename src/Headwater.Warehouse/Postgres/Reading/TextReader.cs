using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;

namespace Headwater.Warehouse.Postgres.Reading;

/// <summary>Texts, and what is given as text. The sessions speak UTF-8.</summary>
/// <param name="prefixBytes">Bytes before the text, as the version of jsonb.</param>
internal sealed class TextReader(int prefixBytes = 0) : ValueReader
{
    private TextColumnBuilder _texts = new();

    public override ColumnType Type { get; } = new(TypeKind.Text);

    public override void Add(ReadOnlySpan<byte> value) => _texts.Add(value[prefixBytes..]);

    public override void AddNull() => _texts.AddNull();

    public override Column Build()
    {
        var column = _texts.Build();
        _texts = new TextColumnBuilder();
        return column;
    }
}
