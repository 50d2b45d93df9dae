using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private Extract ReadExtract()
    {
        _at += 2;
        var field = Now.Kind is SqlTokenKind.Word or SqlTokenKind.Text or SqlTokenKind.QuotedIdentifier
            ? Next().Value.ToLowerInvariant()
            : throw Expected("a field such as year");
        Require("FROM");
        var operand = ReadExpression();
        RequireSymbol(")");
        return new Extract(field, operand);
    }

    private SqlExpression ReadKeywordCall()
    {
        var start = Here;
        var first = Next();
        var name = first.Keyword.ToLowerInvariant();
        _at++;
        var arguments = new List<KeywordArgument>();
        if (name == "trim" && Now.Keyword is "BOTH" or "LEADING" or "TRAILING")
        {
            var side = Next().Keyword;
            arguments.Add(new KeywordArgument(side, Is("FROM") ? null : ReadExpression()));
        }
        else if (!IsSymbol(")") && !Is("FROM") && Ahead(1).Value is not ("=>" or ":="))
        {
            arguments.Add(new KeywordArgument("", ReadExpression(name == "position" ? Precedence.Other : 0)));
        }

        while (Now.Keyword is "FROM" or "FOR" or "IN" or "PLACING" or "SIMILAR" or "ESCAPE")
        {
            var keyword = Next().Keyword;
            arguments.Add(new KeywordArgument(keyword, ReadExpression()));
        }

        if (arguments.Count > 0 && (arguments.Count > 1 || arguments[0].Keyword.Length > 0) && TakeSymbol(")"))
        {
            return new KeywordCall(name, [.. arguments]);
        }

        // The arguments stand between commas. What was read of them is not read again, or nested calls would cost twice for every level.
        _ = arguments.Count < 2 ? true : throw Expected("')'");
        var called = new QualifiedName([new Identifier(first.Value, false) { Position = start }]) { Position = start };
        return ReadCall(called, arguments is [{ Keyword: "", Value: { } value }] ? value : null, opened: true);
    }
}
