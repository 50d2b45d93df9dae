using System.Text;
using Headwater.Jinja.Values;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>What a relation gets after it is built: comments and rights, as its config says.</summary>
internal static class RelationFinish
{
    public static async ValueTask ApplyAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var statement in await CommentsAsync(job, cancellationToken))
        {
            text.Append(statement).Append(";\n");
        }

        if (job.Node.Config["grants"] is JinjaDict grants)
        {
            await GrantAsync(job, grants, text, cancellationToken);
        }

        if (text.Length > 0)
        {
            await job.Connection.ExecuteAsync(text.ToString(), cancellationToken);
        }
    }

    private static async ValueTask<List<string>> CommentsAsync(
        MaterializationJob job,
        CancellationToken cancellationToken
    )
    {
        var comments = new List<string>();
        if (
            job.Node.Config["persist_docs"] is not JinjaDict docs
            || job.Publication.Find(job.Node.Relation) is not { } made
        )
        {
            return comments;
        }

        if (docs.TryGet("relation", out var relation) && relation is true && job.Node.Description is { } description)
        {
            comments.Add(job.Engine.Comment(made.Kind, job.QuotedName, description));
        }

        var described = job.Node.Columns.Where(column => column.Description is { Length: > 0 }).ToList();
        if (described.Count > 0 && docs.TryGet("columns", out var columns) && columns is true)
        {
            // Properties may describe columns that a model has under some settings alone, and spell names in another case.
            var there = await job.ColumnsAsync(job.Node.Relation, cancellationToken);
            foreach (var column in described)
            {
                if (there.FirstOrDefault(found => found.IsCalled(column.Name)) is { } found)
                {
                    comments.Add(job.Engine.CommentColumn(job.QuotedName, found.Name, column.Description!));
                }
            }
        }

        return comments;
    }

    // A table that was there may have rights that the config no longer gives.
    private static async ValueTask GrantAsync(
        MaterializationJob job,
        JinjaDict grants,
        StringBuilder text,
        CancellationToken cancellationToken
    )
    {
        if (job.Engine is not PostgresEngine engine)
        {
            job.Run.WarnOnce(ModelingDiagnostics.GrantsIgnored.With(job.Engine.Dialect.Name));
            return;
        }

        var wanted = grants
            .Items.SelectMany(entry => Roles(entry.Value).Select(role => (Right: Text.Str(entry.Key), Role: role)))
            .ToHashSet();
        var quoted = engine.Quote(job.Publication.Places.Of(job.Node.Relation));
        var table = await job.Connection.QueryAsync(engine.FindRights(quoted), cancellationToken);
        for (var row = 0L; row < table.RowCount; row++)
        {
            var given = (Right: (string)table.Value(row, 0)!, Role: (string)table.Value(row, 1)!);
            if (!wanted.Remove(given))
            {
                text.Append($"REVOKE {given.Right} ON {job.QuotedName} FROM {Role(engine, given.Role)};\n");
            }
        }

        foreach (var (right, role) in wanted)
        {
            text.Append($"GRANT {right} ON {job.QuotedName} TO {Role(engine, role)};\n");
        }
    }

    private static string Role(PostgresEngine engine, string role) =>
        role.Equals("public", StringComparison.OrdinalIgnoreCase) ? "PUBLIC" : engine.Quote(role);

    private static IEnumerable<string> Roles(object? value) =>
        value switch
        {
            null => [],
            JinjaList list => list.Items.Select(Text.Str),
            _ => [Text.Str(value)],
        };
}
