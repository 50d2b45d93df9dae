using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers;

namespace Headwater.Warehouse.Tests.Conformance;

internal static class TestStreams
{
    public static IAsyncEnumerable<Batch> StreamAsync(this ResultTable table) =>
        table.StreamAsync(CancellationToken.None);
}
