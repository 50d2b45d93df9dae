namespace Headwater.Sql.Parsing;

/// <summary>
/// How tightly operators bind, from loose to tight. Both engines' grammars share the ladder (PostgreSQL manual 4.1.6); but DuckDB
/// reads <c>-&gt;</c> as a lambda, below all else, where PostgreSQL has it among the other operators.
/// </summary>
internal static class Precedence
{
    public const int Arrow = 1;
    public const int Or = 2;
    public const int And = 3;
    public const int Not = 4;
    public const int Is = 5;
    public const int Comparison = 6;
    public const int Pattern = 7;
    public const int Other = 8;
    public const int Sum = 9;
    public const int Product = 10;
    public const int Power = 11;
    public const int Zone = 12;
    public const int Collation = 13;
    public const int Sign = 14;
    public const int Postfix = 15;
    public const int Primary = 16;

    public static int OfSymbol(string symbol, bool duck) =>
        symbol switch
        {
            "" or "(" or ")" or "[" or "]" or "{" or "}" or "," or ";" or "." or ":" or "::" or ":=" or "=>" or "$" =>
                0,
            "?" when duck => 0,
            "->" when duck => Arrow,
            "=" or "<" or ">" or "<=" or ">=" or "<>" or "!=" or "==" => Comparison,
            "+" or "-" => Sum,
            "*" or "/" or "%" => Product,
            "//" when duck => Product,
            "^" => Power,
            "**" when duck => Power,
            _ => Other,
        };

    /// <summary>Of an operator as <see cref="Binary"/> holds it.</summary>
    public static int OfOperator(string name, bool duck) =>
        name switch
        {
            "OR" => Or,
            "AND" => And,
            "IS DISTINCT FROM" or "IS NOT DISTINCT FROM" => Is,
            "AT TIME ZONE" => Zone,
            "OVERLAPS" => Other,
            _ => OfSymbol(name, duck),
        };

    /// <summary>Operators of these levels do not chain.</summary>
    public static bool IsLonely(int level) => level is Is or Comparison or Pattern;
}
