using Headwater.Query.Publishing;
using Headwater.Query.UserSql.Grammar;
using Headwater.Query.UserSql.Rewriting;
using Headwater.Warehouse.Port;

namespace Headwater.Query.UserSql;

/// <summary>
/// Takes user SQL through the gate: normal form by the engine's own parser and printer, allow-lists, names, and a last check that the text to be run
/// says what the checked tree says.
/// </summary>
internal static class StatementGate
{
    /// <param name="sql">What the user wrote.</param>
    /// <param name="tables">The relations that the user may see.</param>
    /// <param name="widest">Columns of the widest published relation.</param>
    /// <param name="connection">A connection for the parser; nothing of the statement runs on it.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW5101 to HW5108, HW5112.</exception>
    public static async ValueTask<GatedStatement> PassAsync(
        string sql,
        ITableResolver tables,
        int widest,
        IWarehouseConnection connection,
        CancellationToken cancellationToken
    )
    {
        if (sql.Length > StatementLimits.Length)
        {
            throw QueryDiagnostics
                .SqlTooLarge.With($"it has more than {StatementLimits.Length} characters")
                .ToException();
        }

        var syntax = new SyntaxTree(connection);
        var written = await syntax.ParseAsync(sql, cancellationToken);
        // Checked before it is printed as well: printing a tree that is too deep would cost what the limits are there to prevent.
        new TreeGate().Check(written);
        var normal = await syntax.ParseAsync(await syntax.PrintAsync(written, cancellationToken), cancellationToken);
        var gate = new TreeGate();
        gate.Check(normal);

        var rewriter = new TableRewriter(tables);
        rewriter.Rewrite(normal);
        new ColumnBound(rewriter.Relations, widest).Check(normal);
        new ValueBound().Check(normal);

        // The printer leaves some names unquoted: what it printed must parse to the very tree that was checked.
        var text = await syntax.PrintAsync(normal, cancellationToken);
        var reparsed = await syntax.ParseAsync(text, cancellationToken);
        if (!SyntaxTree.AreEqual(normal, reparsed))
        {
            throw QueryDiagnostics
                .SqlConstruct.With(
                    "a name that cannot be written safely (a star or a named argument over a quoted name)"
                )
                .ToException();
        }

        return new GatedStatement(text, rewriter.Relations, gate.IsChanging);
    }
}
