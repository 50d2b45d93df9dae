namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private Star ReadStar(QualifiedName? qualifier)
    {
        RequireSymbol("*");
        var star = new Star(qualifier, [], [], []);
        if (!_duck)
        {
            return star;
        }

        if ((Is("EXCLUDE") || Is("EXCEPT")) && (SymbolAt(1, "(") || Is("EXCLUDE")))
        {
            // EXCEPT before a parenthesis may also be the set operation: a query in parentheses follows then.
            if (!(Is("EXCEPT") && Ahead(2).Keyword is "SELECT" or "FROM" or "VALUES" or "WITH"))
            {
                _at++;
                star = star with { Excluded = OneOrMore(() => ReadQualifiedName()) };
            }
        }

        if (Is("REPLACE"))
        {
            _at++;
            star = star with { Replaced = OneOrMore(ReadReplacement) };
        }

        if (Is("RENAME"))
        {
            _at++;
            star = star with { Renamed = OneOrMore(ReadRename) };
        }

        return star;
    }

    private NodeList<T> OneOrMore<T>(Func<T> read) => IsSymbol("(") ? InParentheses(read) : [read()];

    private SelectItem ReadReplacement()
    {
        var start = Here;
        var value = ReadExpression();
        Require("AS");
        return new SelectItem(value, ReadLabel()) { Position = start };
    }

    private StarRename ReadRename()
    {
        var start = Here;
        var column = ReadQualifiedName();
        Require("AS");
        return new StarRename(column, ReadLabel()) { Position = start };
    }
}
