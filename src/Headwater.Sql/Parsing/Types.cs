using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private TypeName ReadType() => Nested(ReadTypeOnce);

    private TypeName ReadTypeOnce()
    {
        var start = Here;
        if (Now.Kind is not (SqlTokenKind.Word or SqlTokenKind.QuotedIdentifier))
        {
            throw Expected("a type");
        }

        var name = ReadTypeWords();
        NodeList<SqlExpression> modifiers = [];
        NodeList<TypeField> fields = [];
        if (IsSymbol("("))
        {
            if (
                _duck
                && name.Parts.Count == 1
                && name.Name.Text.ToUpperInvariant() is "STRUCT" or "ROW" or "UNION" or "MAP"
            )
            {
                var named = !name.Name.Text.Equals("map", StringComparison.OrdinalIgnoreCase);
                fields = InParentheses(() => new TypeField(named ? ReadLabel() : null, ReadType()));
            }
            else
            {
                modifiers = InParentheses(ReadExpression);
            }
        }

        var suffix =
            Is("WITH") && IsAhead(1, "TIME") ? ReadZone("with time zone")
            : Is("WITHOUT") && IsAhead(1, "TIME") ? ReadZone("without time zone")
            : "";
        return new TypeName(name, modifiers, fields, ReadDimensions()) { Suffix = suffix, Position = start };
    }

    private string ReadZone(string suffix)
    {
        _at += 2;
        Require("ZONE");
        return suffix;
    }

    private QualifiedName ReadTypeWords()
    {
        var start = Here;
        var parts = new List<Identifier> { TakeIdentifier() };
        while (TakeSymbol("."))
        {
            parts.Add(ReadLabel());
        }

        var second = parts[0].Text.ToUpperInvariant() switch
        {
            "DOUBLE" when Is("PRECISION") => true,
            "CHARACTER" or "CHAR" or "BIT" when Is("VARYING") => true,
            "NATIONAL" when Is("CHARACTER") || Is("CHAR") => true,
            _ => false,
        };
        if (second && parts.Count == 1 && !parts[0].Quoted)
        {
            parts = [parts[0] with { Text = $"{parts[0].Text} {TakeIdentifier().Text}" }];
        }

        return new QualifiedName([.. parts]) { Position = start };
    }

    private NodeList<string?> ReadDimensions()
    {
        var dimensions = new List<string?>();
        while (IsSymbol("[") || Is("ARRAY"))
        {
            if (Take("ARRAY") && !IsSymbol("["))
            {
                dimensions.Add(null);
                continue;
            }

            RequireSymbol("[");
            dimensions.Add(Now.Kind == SqlTokenKind.Number ? Next().Value : null);
            RequireSymbol("]");
        }

        return [.. dimensions];
    }
}
