using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private bool IsName() =>
        Now.Kind == SqlTokenKind.QuotedIdentifier
        || (
            Now.Kind == SqlTokenKind.Word
            && !ReservedWords.Contains(Now.Keyword, dialect)
            && !ReservedWords.IsValue(Now.Keyword, dialect)
        );

    private Identifier ReadName(string what = "a name") => IsName() ? TakeIdentifier() : throw Expected(what);

    // After AS and after a dot every word is a name.
    private Identifier ReadLabel() =>
        Now.Kind is SqlTokenKind.QuotedIdentifier or SqlTokenKind.Word ? TakeIdentifier() : throw Expected("a name");

    private Identifier TakeIdentifier()
    {
        var token = Next();
        return new Identifier(token.Value, token.Kind != SqlTokenKind.Word) { Position = new TextOffset(token.Start) };
    }

    private QualifiedName ReadQualifiedName(string what = "a name")
    {
        var start = Here;
        var parts = new List<Identifier> { ReadName(what) };
        while (TakeSymbol("."))
        {
            parts.Add(ReadLabel());
        }

        return new QualifiedName([.. parts]) { Position = start };
    }

    private NodeList<Identifier> ReadOptionalNames() => IsSymbol("(") ? InParentheses(() => ReadName()) : [];
}
