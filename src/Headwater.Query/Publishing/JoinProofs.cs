using Headwater.Kernel.Names;
using Headwater.Metrics.Planning.Passes;
using Headwater.Warehouse.Publication;

namespace Headwater.Query.Publishing;

/// <summary>What passed tests have shown of published columns. Immutable; safe for several threads.</summary>
internal sealed class JoinProofs(IReadOnlyList<PublishedProof> proofs)
{
    private readonly ILookup<(RelationName, string), PublishedProof> _proofs = proofs.ToLookup(proof =>
        (proof.Relation, Fold(proof.Column))
    );

    /// <summary>Those that hold for some versions of the tables.</summary>
    public IJoinProofs In(VersionSnapshot versions) => new Holding(_proofs, versions);

    // Both engines take names that are not quoted in any letter case, and nobody has two columns that differ in nothing else.
    private static string Fold(string column) => column.ToLowerInvariant();

    private sealed class Holding(ILookup<(RelationName, string), PublishedProof> proofs, VersionSnapshot versions)
        : IJoinProofs
    {
        public bool AlwaysMatches(RelationName relation, string column, RelationName target, string targetColumn)
        {
            var known = proofs[(relation, Fold(column))];
            return Holds(known, proof => proof.Kind == ProofKind.NotNull)
                && Holds(
                    known,
                    proof =>
                        proof is { Kind: ProofKind.References, Target: { } other }
                        && other.Relation == target
                        && Fold(other.Column) == Fold(targetColumn)
                );
        }

        private bool Holds(IEnumerable<PublishedProof> known, Func<PublishedProof, bool> wanted) =>
            known.Any(proof => wanted(proof) && proof.HoldsIn(versions));
    }
}
