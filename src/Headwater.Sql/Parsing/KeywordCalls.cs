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

    // Null when the arguments stand between commas: then it is an ordinary call.
    private KeywordCall? ReadKeywordCall()
    {
        var begin = _at;
        var name = tokens[_at].Keyword.ToLowerInvariant();
        _at += 2;
        var arguments = new List<KeywordArgument>();
        if (name == "trim" && Now.Keyword is "BOTH" or "LEADING" or "TRAILING")
        {
            var side = Next().Keyword;
            arguments.Add(new KeywordArgument(side, Is("FROM") ? null : ReadExpression()));
        }
        else if (!IsSymbol(")") && !Is("FROM"))
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

        // Read once more as a call. The first argument was read twice; nested calls of this kind are few, and the counter bounds them.
        if (++_repeats > MaxRepeats)
        {
            throw Expected("')'");
        }

        _at = begin;
        return null;
    }

    private const int MaxRepeats = 10_000;

    private int _repeats;
}
