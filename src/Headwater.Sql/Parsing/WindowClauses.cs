namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private WindowSpecification ReadOver()
    {
        var start = Here;
        return IsSymbol("(")
            ? ReadWindow()
            : new WindowSpecification(ReadName("a window"), [], [], null, false) { Position = start };
    }

    private WindowSpecification ReadWindow()
    {
        var start = Here;
        RequireSymbol("(");
        var named =
            IsName() && !(Is("PARTITION") && IsAhead(1, "BY")) && !(Is("ROWS") || Is("RANGE") || Is("GROUPS"))
                ? TakeIdentifier()
                : null;
        NodeList<SqlExpression> partition = Take("PARTITION", "BY") ? Listed(ReadExpression) : [];
        var order = ReadOrderBy();
        var frame = Is("ROWS") || Is("RANGE") || Is("GROUPS") ? ReadFrame() : null;
        RequireSymbol(")");
        return new WindowSpecification(named, partition, order, frame, true) { Position = start };
    }

    private WindowFrame ReadFrame()
    {
        var start = Here;
        var unit = Next().Keyword;
        FrameBound first;
        FrameBound? last = null;
        if (Take("BETWEEN"))
        {
            first = ReadFrameBound();
            Require("AND");
            last = ReadFrameBound();
        }
        else
        {
            first = ReadFrameBound();
        }

        return new WindowFrame(unit, first, last, Take("EXCLUDE") ? ReadExclusion() : "") { Position = start };
    }

    private string ReadExclusion() =>
        Take("CURRENT", "ROW") ? "CURRENT ROW"
        : Take("NO", "OTHERS") ? "NO OTHERS"
        : Take("GROUP") ? "GROUP"
        : Take("TIES") ? "TIES"
        : throw Expected("CURRENT ROW, GROUP, TIES or NO OTHERS");

    private FrameBound ReadFrameBound()
    {
        var start = Here;
        if (Take("CURRENT", "ROW"))
        {
            return new FrameBound("CURRENT ROW", null) { Position = start };
        }

        var offset = Take("UNBOUNDED") ? null : ReadExpression(Precedence.Other);
        var kind =
            Take("PRECEDING") ? "PRECEDING"
            : Take("FOLLOWING") ? "FOLLOWING"
            : throw Expected("PRECEDING or FOLLOWING");
        return new FrameBound(kind, offset) { Position = start };
    }

    private NodeList<NamedWindow> ReadWindowClause() =>
        Take("WINDOW")
            ? Listed(() =>
            {
                var name = ReadName("a window");
                Require("AS");
                return new NamedWindow(name, ReadWindow()) { Position = name.Position };
            })
            : [];
}
