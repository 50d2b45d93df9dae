using System.Diagnostics;

namespace Headwater.Server.Tests;

public sealed class FirstAnswersTests(SalesServer server) : IClassFixture<SalesServer>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("admin")]
    [InlineData("ann")]
    public async Task Who_opens_a_dashboard_first_after_a_publication_finds_its_answers_ready(string name)
    {
        using var client = await server.SignedInAsync(name);
        var waited = Stopwatch.StartNew();
        var pause = TimeSpan.FromMilliseconds(50);
        var isReady = false;
        // An early look fills the cache itself, so that each needs a publication of its own.
        while (!isReady && waited.Elapsed < Limit)
        {
            await server.PublishAgainAsync();
            await Task.Delay(pause);
            using var first = await client.GetAsync(new Uri("/api/v1/dashboards/sales/data", UriKind.Relative));
            await first.Content.ReadAsByteArrayAsync();
            // Only what the cache has as a whole is sent with a tag.
            isReady = first.Headers.ETag is not null;
            pause *= 2;
        }

        Assert.True(isReady, "every first look had to wait for its answers");
    }
}
