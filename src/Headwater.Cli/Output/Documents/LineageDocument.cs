using System.Globalization;
using Headwater.Query.Tracing;
using Headwater.Sql.Lineage;

namespace Headwater.Cli.Output.Documents;

/// <summary>Where columns of a relation come from and go to, for programs.</summary>
/// <param name="UniqueId">dbt's id of what makes it; null for a table that no query makes.</param>
/// <param name="FiltersOn">The columns that decide which rows it has.</param>
/// <param name="Gaps">Why something is not known.</param>
/// <param name="Complete">False when something is not known.</param>
/// <param name="Hidden">True when something is left out that the asker may not see.</param>
internal sealed record LineageDocument(
    string Relation,
    string? UniqueId,
    IReadOnlyList<LineageColumnDocument> Columns,
    IReadOnlyList<string> FiltersOn,
    IReadOnlyList<string> Gaps,
    bool Complete,
    bool Hidden
)
{
    /// <summary>Whether one column was asked for, and so all steps are there.</summary>
    internal bool IsOfColumn { get; private init; }

    /// <param name="up">Whether to say where columns come from.</param>
    /// <param name="down">Whether to say where they go.</param>
    public static LineageDocument Of(LineageAnswer answer, bool up, bool down) =>
        new(
            answer.Relation.ToString(),
            answer.Node,
            [
                .. answer.Columns.Select(column => new LineageColumnDocument(
                    column.Name,
                    up ? [.. column.Upstream.Select(LineageStepDocument.Of)] : null,
                    down ? [.. column.Downstream.Select(LineageStepDocument.Of)] : null,
                    column.Complete
                )),
            ],
            [.. answer.FiltersOn.Select(column => column.ToString())],
            answer.Gaps,
            answer.Complete,
            answer.HasHidden
        )
        {
            IsOfColumn = answer.IsOfColumn,
        };

    internal IEnumerable<IReadOnlyList<string?>> Rows =>
        Columns
            .SelectMany(column =>
                (column.Upstream ?? [])
                    .Select(step => (Direction: "upstream", Step: step))
                    .Concat((column.Downstream ?? []).Select(step => (Direction: "downstream", Step: step)))
                    .Select(item =>
                        (IReadOnlyList<string?>)
                            [
                                column.Name,
                                item.Direction,
                                item.Step.Steps.ToString(CultureInfo.InvariantCulture),
                                item.Step.Kind,
                                item.Step.Relation,
                                item.Step.Column,
                            ]
                    )
            )
            .Prepend(["column", "direction", "steps", "kind", "relation", "of_column"]);
}

/// <summary>A column with what it is made of and what is made of it; null for a direction that was not asked for.</summary>
internal sealed record LineageColumnDocument(
    string Name,
    IReadOnlyList<LineageStepDocument>? Upstream,
    IReadOnlyList<LineageStepDocument>? Downstream,
    bool Complete
);

/// <summary>A column on the way.</summary>
internal sealed record LineageStepDocument(string Relation, string Column, string Kind, int Steps)
{
    public static LineageStepDocument Of(LineageStep step) =>
        new(step.Column.Relation.ToString(), step.Column.Name, LineageJson.Word(step.Kind), step.Steps);
}
