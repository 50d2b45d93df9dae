using Headwater.Compat.Artifacts;

namespace Headwater.Compat.Tests;

public sealed class ArtifactProblemTests
{
    [Theory]
    [InlineData("/nodes/model.shop.orders/config/tags", "/nodes/*/config/tags")]
    [InlineData("/results/12/status", "/results/*/status")]
    [InlineData("/metadata", "/metadata")]
    [InlineData("", "")]
    public void Problems_of_several_nodes_at_one_place_are_one_cause(string path, string place) =>
        Assert.Equal(place, new ArtifactProblem(path, "must be array").Place);
}
