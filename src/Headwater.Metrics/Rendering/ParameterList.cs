namespace Headwater.Metrics.Rendering;

/// <summary>Collects the values of a statement while its text is written.</summary>
/// <param name="before">How many parameters stand before them in the statement.</param>
internal sealed class ParameterList(int before = 0)
{
    private readonly List<object?> _values = [];

    public IReadOnlyList<object?> Values => _values;

    /// <summary>Adds a value and gives the text that stands for it.</summary>
    public string Add(object value)
    {
        _values.Add(value);
        return $"${before + _values.Count}";
    }
}
