using System.Globalization;

namespace Headwater.Metrics.Planning;

/// <summary>Gives names that no other column of the plan has.</summary>
internal sealed class ColumnNames
{
    private int _last;

    public string Next(string prefix) => prefix + (++_last).ToString(CultureInfo.InvariantCulture);
}
