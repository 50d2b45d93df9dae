using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;

namespace Headwater.Modeling.Keeping.Nodes;

/// <summary>The form of unit tests.</summary>
internal static class UnitTestForm
{
    public static void Write(KeptWriter writer, UnitTestNode node)
    {
        writer.Write(node.ModelId);
        writer.Write(node.Version);
        writer.Write(node.Given, Write);
        Write(writer, node.Expect);
        writer.WriteDict(node.MacroOverrides);
        writer.WriteDict(node.VariableOverrides);
        writer.WriteDict(node.EnvironmentOverrides);
    }

    public static UnitTestNode Read(KeptReader reader, NodeHeader header) =>
        new(header)
        {
            ModelId = reader.ReadText(),
            Version = reader.ReadOptionalText(),
            Given = reader.ReadList(ReadInput),
            Expect = ReadRows(reader),
            MacroOverrides = reader.ReadDict(),
            VariableOverrides = reader.ReadDict(),
            EnvironmentOverrides = reader.ReadDict(),
        };

    private static void Write(KeptWriter writer, UnitTestInput input)
    {
        writer.Write(input.NodeId);
        Write(writer, input.Rows);
    }

    private static UnitTestInput ReadInput(KeptReader reader) => new(reader.ReadOptionalText(), ReadRows(reader));

    private static void Write(KeptWriter writer, UnitTestRows rows)
    {
        switch (rows)
        {
            case UnitTestQuery query:
                writer.Write(true);
                writer.Write(query.Sql);
                break;
            case UnitTestTable table:
                writer.Write(false);
                writer.Write(table.Rows, KeptValues.WriteDict);
                break;
            default:
                throw new NotKeepableException($"rows are {rows.GetType().Name}");
        }
    }

    private static UnitTestRows ReadRows(KeptReader reader) =>
        reader.ReadFlag()
            ? new UnitTestQuery(reader.ReadText())
            : new UnitTestTable(reader.ReadList<JinjaDict>(KeptValues.ReadDict));
}
