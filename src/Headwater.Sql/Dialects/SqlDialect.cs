using System.Text;

namespace Headwater.Sql.Dialects;

/// <summary>How one engine spells what the product generates. Immutable.</summary>
public abstract class SqlDialect
{
    /// <summary>The dbt adapter type: <c>duckdb</c>, <c>postgres</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether <c>SAVEPOINT x</c>, <c>ROLLBACK TO SAVEPOINT x</c> and <c>RELEASE SAVEPOINT x</c> work within a transaction.</summary>
    public abstract bool HasSavepoints { get; }

    /// <summary>An identifier in quotes, always: generated SQL never depends on reserved words.</summary>
    public virtual string Quote(string identifier)
    {
        var text = new StringBuilder(identifier.Length + 2).Append('"');
        foreach (var character in identifier)
        {
            text.Append(character);
            if (character == '"')
            {
                text.Append('"');
            }
        }

        return text.Append('"').ToString();
    }

    /// <summary>A text literal in quotes.</summary>
    public virtual string Literal(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>The first instant of the period of <paramref name="grain"/> (<c>day</c>, <c>month</c> …) that holds the expression, as a date from day upwards.</summary>
    public abstract string TruncateToGrain(string grain, string expression);

    /// <summary>The expression as text; costs nothing where it is text already.</summary>
    public abstract string AsText(string expression);

    /// <summary>The expression as a double.</summary>
    public abstract string AsDouble(string expression);

    /// <summary>Whether a text expression is in a parameter that holds a list of texts. Null is in none.</summary>
    public abstract string IsOneOf(string expression, string listParameter);

    /// <summary>An unquoted identifier as the engine reads it, in quotes.</summary>
    public virtual string QuoteWord(string word) => Quote(word);

    /// <summary>Whether <c>/</c> between whole numbers gives a whole number.</summary>
    public abstract bool DividesWholeNumbers { get; }

    /// <summary>The average, as a double.</summary>
    public abstract string Average(string expression);

    /// <summary>The SHA-256 of a text's UTF-8, in lower-case hexadecimal digits.</summary>
    public abstract string Sha256(string expression);

    /// <summary>An aggregate that gives the one value of a group that is not null, of any type.</summary>
    public abstract string OnlyValue(string expression);
}
