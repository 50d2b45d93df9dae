using Headwater.Kernel.Names;
using Headwater.Metrics.Requests;
using Headwater.Warehouse.Publication;

namespace Headwater.Query.Tests;

public sealed class JoinProofTests
{
    private static readonly MetricQuestion ByRegion = new(
        new MetricRequest(["visits"], ["customer__region"], [], ["customer__region"], null)
    );

    private static readonly RelationName Visits = new("analytics", "visits");
    private static readonly RelationName Customers = new("analytics", "customers");

    private static async Task ProveAsync(ShopProject shop, params ProofKind[] kinds)
    {
        var connection = await shop.Warehouse.ConnectAsync(default);
        await using (connection)
        {
            await PublishedProofs.EnsureAsync(connection, default);
            var versions = shop.Warehouse.Versions;
            IReadOnlyList<(RelationName, long)> seen = [(Visits, versions[Visits]), (Customers, versions[Customers])];
            await PublishedProofs.PutAsync(
                connection,
                shop.Warehouse.Dialect,
                [],
                [
                    .. kinds.Select(kind => new PublishedProof(
                        $"test.{kind}",
                        kind,
                        Visits,
                        "CUSTOMER_ID",
                        kind == ProofKind.References ? (Customers, "Customer_Id") : null,
                        seen
                    )),
                ],
                default
            );
        }

        await shop.PublishAsync();
    }

    [Fact]
    public async Task Joins_are_inner_where_tests_have_shown_that_every_row_has_its_partner()
    {
        await using var shop = await ShopProject.OpenAsync();
        await shop.ChangeAsync("DELETE FROM analytics.visits WHERE customer_id IS NULL", "visits");
        var before = await shop.AskAsync(ByRegion, ShopProject.Administrator);
        await ProveAsync(shop, ProofKind.NotNull, ProofKind.References);
        var after = await shop.AskAsync(ByRegion, ShopProject.Administrator);

        Assert.Contains("LEFT JOIN", before.Answer.Sql, StringComparison.Ordinal);
        Assert.DoesNotContain("LEFT JOIN", after.Answer.Sql, StringComparison.Ordinal);
        Assert.Equal(before.Text(), after.Text());
    }

    [Theory]
    [InlineData("NotNull")]
    [InlineData("References")]
    public async Task One_of_the_two_proofs_is_not_enough(string kind)
    {
        await using var shop = await ShopProject.OpenAsync();
        await ProveAsync(shop, Enum.Parse<ProofKind>(kind));

        var reply = await shop.AskAsync(ByRegion, ShopProject.Administrator);

        Assert.Contains("LEFT JOIN", reply.Answer.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_shown_of_the_tables_as_they_were_is_not_believed_of_others()
    {
        await using var shop = await ShopProject.OpenAsync();
        await shop.ChangeAsync("DELETE FROM analytics.visits WHERE customer_id IS NULL", "visits");
        await ProveAsync(shop, ProofKind.NotNull, ProofKind.References);
        await shop.AskAsync(ByRegion, ShopProject.Administrator);
        await shop.ChangeAsync("INSERT INTO analytics.visits VALUES (9, 99, DATE '2025-05-01', 5)", "visits");

        var reply = await shop.AskAsync(ByRegion, ShopProject.Administrator);

        Assert.Contains("LEFT JOIN", reply.Answer.Sql, StringComparison.Ordinal);
        Assert.Contains("-,1", reply.Text(), StringComparison.Ordinal);
    }
}
