namespace Headwater.Compat.Running;

/// <summary>The engines by their names.</summary>
internal static class Engines
{
    public static IEngine Of(string name) =>
        name switch
        {
            "duckdb" => new DuckDbEngine(),
            "postgres" => new PostgresEngine(),
            _ => throw new ArgumentException($"'{name}' is no warehouse; known: duckdb, postgres", nameof(name)),
        };
}
