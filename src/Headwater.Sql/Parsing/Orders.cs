namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private NodeList<OrderItem> ReadOrderBy() => Take("ORDER", "BY") ? Listed(ReadOrderItem) : [];

    private OrderItem ReadOrderItem()
    {
        var start = Here;
        var key = _duck && Take("ALL") ? new KeywordValue("all") { Position = start } : ReadExpression();
        var direction =
            Take("ASC") ? "ASC"
            : Take("DESC") ? "DESC"
            : Take("USING") ? "USING " + Next().Value
            : "";
        var nulls =
            Take("NULLS", "FIRST") ? "FIRST"
            : Take("NULLS", "LAST") ? "LAST"
            : "";
        return new OrderItem(key, direction, nulls) { Position = start };
    }
}
