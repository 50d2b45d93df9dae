using System.Globalization;
using Headwater.Jinja;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;
using Headwater.Sql.Dialects;

namespace Headwater.Modeling.Rendering;

/// <summary>A column of an existing relation as templates see it.</summary>
/// <param name="DataType">The type as the engine writes it, with size or precision: <c>numeric(28,6)</c>.</param>
internal sealed record ColumnObject(string Name, string DataType, SqlDialect Dialect) : IJinjaObject
{
    /// <summary>What dbt takes for the size of a text whose type says none.</summary>
    private const long DefaultSize = 256;

    public long? CharSize { get; init; }

    public long? Precision { get; init; }

    public long? Scale { get; init; }

    /// <summary>Reads a type with its size, precision and scale.</summary>
    public static ColumnObject Of(string name, string type, SqlDialect dialect)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        var close = open < 0 ? -1 : type.IndexOf(')', open);
        var column = new ColumnObject(name, type, dialect);
        if (close < 0)
        {
            return column;
        }

        var sizes = type[(open + 1)..close].Split(',').Select(Number).ToList();
        return column.IsString
            ? column with
            {
                CharSize = sizes[0],
            }
            : column with
            {
                Precision = sizes[0],
                Scale = sizes.Count > 1 ? sizes[1] : 0,
            };
    }

    /// <summary>The type without its size.</summary>
    private string Base => DataType.Split('(')[0].Trim();

    private bool IsString =>
        Base.ToUpperInvariant()
            is "VARCHAR"
                or "TEXT"
                or "CHAR"
                or "CHARACTER"
                or "CHARACTER VARYING"
                or "STRING"
                or "BPCHAR";

    private bool IsNumeric => Base.ToUpperInvariant() is "DECIMAL" or "NUMERIC";

    private bool IsInteger =>
        Base.ToUpperInvariant()
            is "SMALLINT"
                or "INTEGER"
                or "INT"
                or "BIGINT"
                or "TINYINT"
                or "HUGEINT"
                or "INT2"
                or "INT4"
                or "INT8"
                or "SERIAL"
                or "BIGSERIAL"
                or "SMALLSERIAL"
                or "UTINYINT"
                or "USMALLINT"
                or "UINTEGER"
                or "UBIGINT"
                or "UHUGEINT";

    private bool IsFloat =>
        Base.ToUpperInvariant() is "DOUBLE" or "FLOAT" or "REAL" or "DOUBLE PRECISION" or "FLOAT4" or "FLOAT8";

    /// <summary>The type with its size, as a column is declared.</summary>
    private string Declared =>
        IsString ? (CharSize is { } size ? $"character varying({size})" : DataType)
        : IsNumeric && Precision is { } precision ? $"{Base}({precision},{Scale ?? 0})"
        : DataType;

    /// <summary>True for a text that the other's values may not fit into.</summary>
    public bool IsNarrowerThan(ColumnObject other) =>
        IsString && other.IsString && (other.CharSize ?? DefaultSize) > (CharSize ?? DefaultSize);

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" or "column" => Name,
            "quoted" => Dialect.Quote(Name),
            "data_type" => Declared,
            "dtype" => Base,
            "char_size" => CharSize,
            "numeric_precision" => Precision,
            "numeric_scale" => Scale,
            "is_string" => Check(name, IsString),
            "is_numeric" => Check(name, IsNumeric),
            "is_integer" => Check(name, IsInteger),
            "is_float" => Check(name, IsFloat),
            "is_number" => Check(name, IsNumeric || IsInteger || IsFloat),
            "string_size" => new NativeFunction(name, ParameterList.None, _ => StringSize()),
            "can_expand_to" => new NativeFunction(name, ParameterList.Of("other_column"), call => CanExpandTo(call)),
            "literal" => new NativeFunction(name, ParameterList.Of("value"), call => $"{call.Text(0)}::{Declared}"),
            _ => null,
        };
        return value is not null || name is "char_size" or "numeric_precision" or "numeric_scale";
    }

    public override string ToString() => $"<Column {Name} ({Declared})>";

    private object? StringSize() =>
        IsString ? CharSize ?? DefaultSize : throw RefFunction.Wrong("Called string_size() on non-string field!");

    private object? CanExpandTo(NativeCall call) => call.Value(0) is ColumnObject other && IsNarrowerThan(other);

    private static NativeFunction Check(string name, bool holds) => new(name, ParameterList.None, _ => holds);

    private static long? Number(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
