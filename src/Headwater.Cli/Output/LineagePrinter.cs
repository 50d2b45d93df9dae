using Headwater.Cli.Output.Documents;

namespace Headwater.Cli.Output;

/// <summary>Writes lineage for people.</summary>
internal static class LineagePrinter
{
    public static void Print(LineageDocument document, TextWriter output)
    {
        var name = document.IsOfColumn ? $"{document.Relation}.{document.Columns[0].Name}" : document.Relation;
        output.WriteLine(document.UniqueId is { } node ? $"{name}, made by {node}" : $"{name}, which no model makes");
        foreach (var column in document.Columns)
        {
            output.WriteLine();
            if (!document.IsOfColumn)
            {
                output.WriteLine(column.Name);
            }

            Print("comes from", column.Upstream, Nothing(document, column), document.IsOfColumn, output);
            Print("goes to", column.Downstream, "nothing that is published", document.IsOfColumn, output);
        }

        if (document.FiltersOn.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("which rows there are depends on");
            foreach (var column in document.FiltersOn)
            {
                output.WriteLine($"  {column}");
            }
        }

        foreach (var gap in document.Gaps)
        {
            output.WriteLine();
            output.WriteLine($"not known: {gap}");
        }

        if (document.Hidden)
        {
            output.WriteLine();
            output.WriteLine("There is more that this user may not see.");
        }
    }

    private static string Nothing(LineageDocument document, LineageColumnDocument column) =>
        document.UniqueId is null ? "outside this project"
        : !column.Complete ? "where is not known"
        : document.Hidden ? "nothing that may be seen"
        : "no column";

    private static void Print(
        string title,
        IReadOnlyList<LineageStepDocument>? steps,
        string none,
        bool withSteps,
        TextWriter output
    )
    {
        if (steps is null)
        {
            return;
        }

        if (steps.Count == 0)
        {
            output.WriteLine($"  {title, -10}  {none}");
        }

        for (var index = 0; index < steps.Count; index++)
        {
            var step = steps[index];
            var lead = index == 0 ? title : "";
            // The number is how many models away the column is.
            var far = withSteps ? $"{step.Steps, 2}  " : "";
            output.WriteLine($"  {lead, -10}  {far}{step.Kind, -11}  {step.Relation}.{step.Column}");
        }
    }
}
