using System.Globalization;
using Headwater.Kernel.Diagnostics;
using Npgsql;

namespace Headwater.Warehouse.Postgres;

/// <summary>Why a server does not let us in, each reason with its own diagnostic.</summary>
internal static class PostgresOpening
{
    public static DiagnosticException Failed(PostgresWarehouseOptions options, NpgsqlException error)
    {
        var place = $"{options.Host}:{options.Port.ToString(CultureInfo.InvariantCulture)}";
        var diagnostic = (error as PostgresException)?.SqlState switch
        {
            // The driver does not even ask where it has nothing to answer with.
            null when error.Message.StartsWith("No password", StringComparison.Ordinal) => NoPassword(options, place),
            null => WarehouseDiagnostics.ServerUnreachable.With(place, Reason(error)),
            "28P01" => WarehouseDiagnostics.SignInRefused.With(options.User, place, "the password is wrong"),
            "28000" => WarehouseDiagnostics.SignInRefused.With(
                options.User,
                place,
                ((PostgresException)error).MessageText
            ),
            "3D000" => WarehouseDiagnostics.DatabaseMissing.With(options.Database, place),
            _ => WarehouseDiagnostics.ServerRefused.With(place, ((PostgresException)error).MessageText),
        };
        return diagnostic.ToException(error);
    }

    private static Diagnostic NoPassword(PostgresWarehouseOptions options, string place) =>
        WarehouseDiagnostics.SignInRefused.With(options.User, place, "it wants a password and none is given");

    // The innermost says what happened: a refused connection, an unknown host, an unknown certificate.
    private static string Reason(Exception error) => error.GetBaseException().Message.TrimEnd('.');
}
