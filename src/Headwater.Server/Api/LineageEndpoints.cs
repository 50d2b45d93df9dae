using Headwater.Kernel.Names;
using Headwater.Query;
using Headwater.Query.Tracing;
using Headwater.Server.Pipeline;
using Headwater.Server.Problems;
using Headwater.Sql.Lineage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headwater.Server.Api;

/// <summary>Where columns come from and go to.</summary>
internal static class LineageEndpoints
{
    private const string Visibility =
        "What the asker's roles do not show is not named: ways lead through it, and 'hidden' says that there is some.";

    public static void Map(RouteGroupBuilder api, ServerParts parts)
    {
        api.MapGet(
                "/lineage/{model}",
                (string model, HttpContext context, CancellationToken leaving) =>
                    AnswerAsync(context, parts.Gate, model, null, leaving)
            )
            .WithName("lineage")
            .WithTags("Catalogue")
            .WithSummary("Says for each column of a model what it is made of, and what is made of it")
            .WithDescription(
                "One step up and one down. The model is named by its name, by schema.name, or by dbt's id. "
                    + Visibility
            )
            .Answers<LineageDocument>()
            .Refuses();
        api.MapGet(
                "/lineage/{model}/{column}",
                (string model, string column, HttpContext context, CancellationToken leaving) =>
                    AnswerAsync(context, parts.Gate, model, column, leaving)
            )
            .WithName("column_lineage")
            .WithTags("Catalogue")
            .WithSummary("Says where a column comes from, up to the sources, and where it goes")
            .WithDescription("All steps up and down, near ones first. " + Visibility)
            .Answers<LineageDocument>()
            .Refuses();
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        IGate gate,
        string model,
        string? column,
        CancellationToken cancellationToken
    )
    {
        var inquiry = new LineageInquiry(
            model,
            column,
            context.Session().Principal,
            QuestionPath.Api,
            context.Origin()
        );
        return Results.Json(Document(await gate.TraceAsync(inquiry, cancellationToken)), ApiJson.Default);
    }

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder builder) =>
        builder
            .Produces<Problem>(StatusCodes.Status403Forbidden, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status404NotFound, "application/problem+json");

    private static LineageDocument Document(LineageAnswer answer) =>
        new(
            answer.Relation.ToString(),
            answer.Node,
            [
                .. answer.Columns.Select(column => new LineageDocumentColumn(
                    column.Name,
                    [.. column.Upstream.Select(Step)],
                    [.. column.Downstream.Select(Step)],
                    column.Complete
                )),
            ],
            [.. answer.FiltersOn.Select(column => new LineageDocumentFilter(Text(column.Relation), column.Name))],
            answer.Gaps,
            answer.Complete,
            answer.HasHidden
        );

    private static LineageDocumentStep Step(LineageStep step) =>
        new(Text(step.Column.Relation), step.Column.Name, LineageJson.Word(step.Kind), step.Steps);

    private static string Text(RelationName relation) => relation.ToString();
}
