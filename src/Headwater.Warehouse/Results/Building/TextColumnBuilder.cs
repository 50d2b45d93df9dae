using System.Buffers;
using System.Text;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Results.Building;

/// <summary>Collects texts for a <see cref="TextColumn"/>. For one thread.</summary>
public sealed class TextColumnBuilder
{
    private readonly ValidityBuilder _validity = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _offsets = [0];

    public int Count => _offsets.Count - 1;

    public void Add(string text)
    {
        Encoding.UTF8.GetBytes(text, _bytes);
        End(isValid: true);
    }

    /// <summary>Adds text that is known to be well-formed UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        _bytes.Write(utf8);
        End(isValid: true);
    }

    public void AddNull() => End(isValid: false);

    public TextColumn Build(TypeKind kind = TypeKind.Text) =>
        new(new ColumnType(kind), _bytes.WrittenSpan.ToArray(), [.. _offsets], _validity.Build());

    private void End(bool isValid)
    {
        _offsets.Add(_bytes.WrittenCount);
        _validity.Add(isValid);
    }
}
