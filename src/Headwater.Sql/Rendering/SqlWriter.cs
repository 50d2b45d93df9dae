using System.Text;
using Headwater.Sql.Dialects;

namespace Headwater.Sql.Rendering;

/// <summary>Writes one tree. One family of nodes a file. Parentheses stand only where precedence asks for them.</summary>
internal sealed partial class SqlWriter(SqlDialect dialect)
{
    private readonly bool _duck = dialect is DuckDbDialect;
    private readonly StringBuilder _text = new();

    public string Render(Query query)
    {
        Write(query);
        return _text.ToString();
    }

    public string Render(SqlExpression expression)
    {
        Write(expression);
        return _text.ToString();
    }

    private SqlWriter Add(string text)
    {
        _text.Append(text);
        return this;
    }

    private void Write(Identifier name) => Add(name.Quoted ? dialect.Quote(name.Text) : name.Text);

    private void Write(QualifiedName name) => Separated(name.Parts, Write, ".");

    private void Separated<T>(IReadOnlyList<T> items, Action<T> write, string separator = ", ")
    {
        for (var index = 0; index < items.Count; index++)
        {
            if (index > 0)
            {
                Add(separator);
            }

            write(items[index]);
        }
    }

    private void InParentheses<T>(IReadOnlyList<T> items, Action<T> write)
    {
        Add("(");
        Separated(items, write);
        Add(")");
    }

    private void Clause<T>(string words, IReadOnlyList<T> items, Action<T> write, string separator = ", ")
    {
        if (items.Count > 0)
        {
            Add(words);
            Separated(items, write, separator);
        }
    }

    private void Clause(string words, SqlExpression? value)
    {
        if (value is not null)
        {
            Add(words);
            Write(value);
        }
    }
}
