using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;
using Headwater.Sql.Dialects;

namespace Headwater.Modeling.Rendering;

/// <summary>A column of an existing relation as templates see it.</summary>
internal sealed record ColumnObject(string Name, string DataType, SqlDialect Dialect) : IJinjaObject
{
    private string Base => DataType.Split('(')[0].Trim().ToUpperInvariant();

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" or "column" => Name,
            "quoted" => Dialect.Quote(Name),
            "data_type" or "dtype" => DataType,
            "is_string" => Check(name, Base is "VARCHAR" or "TEXT" or "CHAR" or "CHARACTER VARYING" or "STRING"),
            "is_numeric" => Check(name, Base is "DECIMAL" or "NUMERIC"),
            "is_integer" => Check(name, Base.Contains("INT", StringComparison.Ordinal)),
            "is_float" => Check(name, Base is "DOUBLE" or "FLOAT" or "REAL" or "DOUBLE PRECISION"),
            "is_number" => Check(
                name,
                Base is "DECIMAL" or "NUMERIC" or "DOUBLE" or "FLOAT" or "REAL"
                    || Base.Contains("INT", StringComparison.Ordinal)
            ),
            _ => null,
        };
        return value is not null;
    }

    public override string ToString() => $"<Column {Name} ({DataType})>";

    private static NativeFunction Check(string name, bool holds) => new(name, ParameterList.None, _ => holds);
}
