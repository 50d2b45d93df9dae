using Headwater.Sql.Dialects;
using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

/// <summary>
/// Recursive descent over the tokens of one query, operators by precedence climbing. One clause a file. Nesting and the height of the tree are
/// bounded, so that no later walk over the tree can exhaust the stack.
/// </summary>
internal sealed partial class QueryReader(List<Lexeme> tokens, SqlDialect dialect, SqlLimits limits)
{
    private readonly bool _duck = dialect is DuckDbDialect;
    private int _at;
    private int _nesting;
    private int _height;

    private Lexeme Now => tokens[_at];

    private TextOffset Here => new(tokens[_at].Start);

    public Query ReadWhole()
    {
        var query = ReadQuery();
        if (TakeSymbol(";") && !Now.IsEnd)
        {
            throw new SyntaxFailure(Now.Start, SqlDiagnostics.SeveralStatements);
        }

        return Now.IsEnd ? query : throw Expected("the end of the query");
    }

    private Lexeme Next() => Now.IsEnd ? throw Expected("more") : tokens[_at++];

    private Lexeme Ahead(int count) => tokens[Math.Min(_at + count, tokens.Count - 1)];

    private bool Is(string keyword) => Now.Keyword == keyword;

    private bool IsAhead(int count, string keyword) => Ahead(count).Keyword == keyword;

    private bool IsSymbol(string symbol) => SymbolAt(0, symbol);

    private bool SymbolAt(int count, string symbol) =>
        Ahead(count) is { Kind: SqlTokenKind.Symbol, IsEnd: false } token && token.Value == symbol;

    private bool Take(string keyword)
    {
        if (!Is(keyword))
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool Take(string first, string second)
    {
        if (!Is(first) || !IsAhead(1, second))
        {
            return false;
        }

        _at += 2;
        return true;
    }

    private bool TakeSymbol(string symbol)
    {
        if (!IsSymbol(symbol))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Require(string keyword)
    {
        if (!Take(keyword))
        {
            throw Expected(keyword);
        }
    }

    private void RequireSymbol(string symbol)
    {
        if (!TakeSymbol(symbol))
        {
            throw Expected($"'{symbol}'");
        }
    }

    private SyntaxFailure Expected(string what)
    {
        var found = Now.IsEnd ? "the end of the text" : $"'{Shortened(Now.Value)}'";
        return new SyntaxFailure(Now.Start, SqlDiagnostics.Unexpected, what, found);
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private NodeList<T> Listed<T>(Func<T> read)
    {
        var items = new List<T> { read() };
        while (TakeSymbol(","))
        {
            items.Add(read());
        }

        return [.. items];
    }

    private NodeList<T> InParentheses<T>(Func<T> read)
    {
        RequireSymbol("(");
        var items = Listed(read);
        RequireSymbol(")");
        return items;
    }

    // Every level of recursion passes here. While it reads, the height field gathers the highest part; afterwards it is the height of the whole.
    private T Nested<T>(Func<T> read)
    {
        if (++_nesting > limits.MaxNesting * 2)
        {
            throw new SyntaxFailure(Now.Start, SqlDiagnostics.TooDeep, limits.MaxNesting);
        }

        var outer = _height;
        _height = 0;
        var result = read();
        _nesting--;
        Grow(1);
        _height = Math.Max(outer, _height);
        return result;
    }

    private void Grow(int levels)
    {
        _height += levels;
        if (_height > limits.MaxHeight)
        {
            throw new SyntaxFailure(Now.Start, SqlDiagnostics.TooDeep, limits.MaxHeight);
        }
    }
}
