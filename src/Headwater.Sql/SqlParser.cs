using Headwater.Kernel.Diagnostics;
using Headwater.Sql.Dialects;
using Headwater.Sql.Parsing;

namespace Headwater.Sql;

/// <summary>Reads queries as DuckDB and PostgreSQL do.</summary>
public static class SqlParser
{
    /// <summary>
    /// Reads one query, with an optional semicolon behind it. Never throws for what the text holds: the first mistake is in the answer.
    /// Linear in the length of the text.
    /// </summary>
    public static ParsedQuery ParseQuery(string text, SqlDialect dialect, SqlLimits? limits = null)
    {
        var allowed = limits ?? SqlLimits.Default;
        try
        {
            if (text.Length > allowed.MaxLength)
            {
                throw new SyntaxFailure(0, SqlDiagnostics.TooLong, text.Length, allowed.MaxLength);
            }

            return new ParsedQuery(new QueryReader(TokenList.Read(text, dialect), dialect, allowed).ReadWhole(), null);
        }
        catch (SyntaxFailure failure)
        {
            return new ParsedQuery(null, SyntaxError.At(text, failure));
        }
    }
}

/// <summary>A tree or the mistake that prevented it: exactly one is there.</summary>
public sealed record ParsedQuery(Query? Query, SyntaxError? Error)
{
    /// <summary>The tree; throws <see cref="DiagnosticException"/> with the mistake.</summary>
    public Query Required() => Query ?? throw Error!.Diagnostic.ToException();
}

/// <summary>A mistake in the text of a query.</summary>
/// <param name="Offset">Where, in UTF-16 units.</param>
public sealed record SyntaxError(Diagnostic Diagnostic, int Offset)
{
    internal static SyntaxError At(string text, SyntaxFailure failure)
    {
        var place = QueryPlace.Of(text, failure.Offset);
        return new SyntaxError(failure.Descriptor.At(place, failure.Arguments), failure.Offset);
    }
}
