using System.Text;
using Headwater.Warehouse.Port;
using Npgsql;

namespace Headwater.Warehouse.Postgres;

/// <summary>
/// PostgreSQL's errors as the port's few, by the classes of SQLSTATE (PostgreSQL documentation, appendix A).
/// </summary>
internal static class PostgresFailures
{
    public const string Cancelled = "57014";

    /// <param name="error">What the driver threw.</param>
    /// <param name="statement">The text of the statement as the server got it.</param>
    /// <param name="offset">Where that text starts in the caller's.</param>
    public static WarehouseException ToWarehouse(this NpgsqlException error, string statement = "", int offset = 0) =>
        error is PostgresException refused
            ? new WarehouseException(
                FailureOf(refused.SqlState),
                Message(refused),
                refused.Position > 0 ? offset + Utf16Offset(statement, refused.Position - 1) : null,
                error
            )
            : new WarehouseException(WarehouseFailure.Storage, error.Message, null, error);

    private static WarehouseFailure FailureOf(string state) =>
        state switch
        {
            "40002" => WarehouseFailure.Data,
            "54001" or "54011" or "54023" => WarehouseFailure.Statement,
            "55P03" or "55006" => WarehouseFailure.Conflict,
            Cancelled or "57P05" or "25P04" => WarehouseFailure.Resources,
            _ => state[..2] switch
            {
                "03" or "0A" or "25" or "26" or "2B" or "34" or "3B" or "3D" or "3F" or "42" or "55" =>
                    WarehouseFailure.Statement,
                "20" or "21" or "22" or "23" or "27" or "44" or "54" or "P0" => WarehouseFailure.Data,
                "40" => WarehouseFailure.Conflict,
                "53" => WarehouseFailure.Resources,
                "08" or "28" or "57" or "58" => WarehouseFailure.Storage,
                _ => WarehouseFailure.Engine,
            },
        };

    private static string Message(PostgresException error)
    {
        var message = new StringBuilder(error.MessageText);
        foreach (var more in (string?[])[error.Detail, error.Hint])
        {
            if (!string.IsNullOrEmpty(more))
            {
                message.Append('\n').Append(more);
            }
        }

        return message.ToString();
    }

    // The server counts characters of Unicode, .NET units of UTF-16.
    private static int Utf16Offset(string text, int characters)
    {
        var offset = 0;
        for (var seen = 0; seen < characters && offset < text.Length; seen++)
        {
            offset += char.IsHighSurrogate(text[offset]) && offset + 1 < text.Length ? 2 : 1;
        }

        return offset;
    }
}
