using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;

namespace Headwater.Modeling.Keeping.Nodes;

/// <summary>The form of nodes: their kind, their header, then what their kind adds.</summary>
internal static class NodeForm
{
    private enum Kind
    {
        Model,
        Seed,
        Source,
        Test,
        Snapshot,
        Analysis,
        UnitTest,
        Exposure,
        SemanticModel,
        Metric,
        SavedQuery,
    }

    public static void Write(KeptWriter writer, ManifestNode node)
    {
        writer.Write((long)KindOf(node));
        HeaderForm.Write(writer, node.Header);
        switch (node)
        {
            case ModelNode model:
                ModelForm.Write(writer, model);
                break;
            case SeedNode seed:
                SeedForm.Write(writer, seed);
                break;
            case SourceNode source:
                SourceForm.Write(writer, source);
                break;
            case TestNode test:
                TestForm.Write(writer, test);
                break;
            case SnapshotNode snapshot:
                SnapshotForm.Write(writer, snapshot);
                break;
            case AnalysisNode analysis:
                AnalysisForm.Write(writer, analysis);
                break;
            case UnitTestNode test:
                UnitTestForm.Write(writer, test);
                break;
            case ExposureNode exposure:
                ExposureForm.Write(writer, exposure);
                break;
            case SemanticNode semantic:
                writer.WriteDict(semantic.Definition);
                break;
        }
    }

    public static ManifestNode Read(KeptReader reader)
    {
        var kind = reader.ReadKind<Kind>();
        var header = HeaderForm.Read(reader);
        return kind switch
        {
            Kind.Model => ModelForm.Read(reader, header),
            Kind.Seed => SeedForm.Read(reader, header),
            Kind.Source => SourceForm.Read(reader, header),
            Kind.Test => TestForm.Read(reader, header),
            Kind.Snapshot => SnapshotForm.Read(reader, header),
            Kind.Analysis => AnalysisForm.Read(reader, header),
            Kind.UnitTest => UnitTestForm.Read(reader, header),
            Kind.Exposure => ExposureForm.Read(reader, header),
            Kind.SemanticModel => new SemanticModelNode(header, reader.ReadDict()),
            Kind.Metric => new MetricNode(header, reader.ReadDict()),
            _ => new SavedQueryNode(header, reader.ReadDict()),
        };
    }

    private static Kind KindOf(ManifestNode node) =>
        node switch
        {
            ModelNode => Kind.Model,
            SeedNode => Kind.Seed,
            SourceNode => Kind.Source,
            TestNode => Kind.Test,
            SnapshotNode => Kind.Snapshot,
            AnalysisNode => Kind.Analysis,
            UnitTestNode => Kind.UnitTest,
            ExposureNode => Kind.Exposure,
            SemanticModelNode => Kind.SemanticModel,
            MetricNode => Kind.Metric,
            SavedQueryNode => Kind.SavedQuery,
            _ => throw new NotKeepableException($"a node is {node.GetType().Name}"),
        };
}
