using Headwater.DuckDb.Database;

namespace Headwater.DuckDb.Tests;

public sealed class EngineTests
{
    [Fact]
    public void The_engine_is_of_the_line_that_the_binding_was_written_for() =>
        Assert.StartsWith("v1.5.", DuckDbDatabase.EngineVersion, StringComparison.Ordinal);
}
