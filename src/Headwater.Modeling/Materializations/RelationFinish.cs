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
        if (job.Node.Config["persist_docs"] is JinjaDict docs)
        {
            await CommentAsync(job, docs, text, cancellationToken);
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

    private static async ValueTask CommentAsync(
        MaterializationJob job,
        JinjaDict docs,
        StringBuilder text,
        CancellationToken cancellationToken
    )
    {
        var kind = job.Publication.Find(job.Node.Relation)?.Kind ?? RelationKind.Table;
        if (docs.TryGet("relation", out var relation) && relation is true && job.Node.Description is { } description)
        {
            text.Append(job.Engine.Comment(kind, job.QuotedName, description)).Append(";\n");
        }

        var described = job.Node.Columns.Where(column => column.Description is { Length: > 0 }).ToList();
        if (!docs.TryGet("columns", out var columns) || columns is not true || described.Count == 0)
        {
            return;
        }

        // Columns may be described that the query does not give.
        foreach (var column in await job.ColumnsAsync(job.Node.Relation, cancellationToken))
        {
            if (described.FirstOrDefault(found => column.IsCalled(found.Name)) is { } found)
            {
                text.Append(job.Engine.CommentColumn(job.QuotedName, column.Name, found.Description!)).Append(";\n");
            }
        }
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
