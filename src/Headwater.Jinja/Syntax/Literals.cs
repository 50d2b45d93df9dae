using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Syntax;

public sealed record Literal(Position Position, object? Value) : Expression(Position)
{
    internal override object? Evaluate(Frame frame) => Value;
}

public sealed record ListLiteral(Position Position, IReadOnlyList<Expression> Items) : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        Allotment.TakeItems(Items.Count);
        var items = new List<object?>(Items.Count);
        foreach (var item in Items)
        {
            items.Add(item.Evaluate(frame));
        }

        return new JinjaList(items);
    }
}

public sealed record TupleLiteral(Position Position, IReadOnlyList<Expression> Items) : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        Allotment.TakeItems(Items.Count);
        var items = new object?[Items.Count];
        for (var index = 0; index < items.Length; index++)
        {
            items[index] = Items[index].Evaluate(frame);
        }

        return new JinjaTuple(items);
    }
}

public sealed record DictLiteral(Position Position, IReadOnlyList<DictEntry> Entries) : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        Allotment.TakeItems(Entries.Count);
        var dict = new JinjaDict();
        foreach (var entry in Entries)
        {
            var key = entry.Key.Evaluate(frame);
            var value = entry.Value.Evaluate(frame);
            frame.Node = this;
            dict[key] = value;
        }

        return dict;
    }
}

public sealed record DictEntry(Expression Key, Expression Value);
