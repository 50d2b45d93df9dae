using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Conditions;

/// <summary>
/// A condition in SQL that a definition's author wrote and that says more than the condition language can: functions, arithmetic, two
/// dimensions compared. It was read as one SQL expression; askers cannot write one.
/// </summary>
/// <param name="Parts">The text in pieces, in order.</param>
public sealed record AuthorCondition(IReadOnlyList<AuthorPart> Parts) : Condition
{
    public override IEnumerable<FilterOperand> Operands => Parts.OfType<AuthorOperand>().Select(part => part.Operand);

    public override Condition Map(Func<FilterOperand, FilterOperand> change) =>
        new AuthorCondition([
            .. Parts.Select(part => part is AuthorOperand operand ? new AuthorOperand(change(operand.Operand)) : part),
        ]);
}

/// <summary>A piece of a condition. A closed set.</summary>
public abstract record AuthorPart;

public sealed record AuthorSql(string Text) : AuthorPart;

public sealed record AuthorOperand(FilterOperand Operand) : AuthorPart;
