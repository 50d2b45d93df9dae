using Headwater.Jinja.Values;
using Headwater.Modeling.Keeping.Format;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Keeping;

/// <summary>The form of what the first rendering of models found.</summary>
internal static class ExplorationForm
{
    public static byte[] Write(IReadOnlyList<KeyValuePair<string, Exploration>> explorations)
    {
        var writer = new KeptWriter();
        writer.Write(
            explorations,
            static (to, pair) =>
            {
                to.Write(pair.Key);
                to.Write(pair.Value.File);
                to.WriteDict(pair.Value.Before);
                to.WriteDict(pair.Value.After);
                to.Write(pair.Value.Refs, Write);
                to.Write(pair.Value.ReadsMoment);
            }
        );
        return writer.ToBytes();
    }

    public static IReadOnlyList<KeyValuePair<string, Exploration>> Read(ReadOnlyMemory<byte> bytes) =>
        new KeptReader(bytes).ReadList(from =>
            KeyValuePair.Create(
                from.ReadText(),
                new Exploration(
                    from.ReadText(),
                    from.ReadDict(),
                    from.ReadDict(),
                    from.ReadList(ReadRef),
                    from.ReadFlag()
                )
            )
        );

    /// <summary>What was found as bytes: equal for equal findings. Where in the text something is read does not count.</summary>
    public static byte[] Found(JinjaDict config, IReadOnlyList<RefCall> refs)
    {
        var writer = new KeptWriter();
        writer.WriteDict(config);
        writer.Write(refs, Write);
        return writer.ToBytes();
    }

    private static void Write(KeptWriter writer, RefCall call)
    {
        writer.Write(call.Source);
        writer.Write(call.Package);
        writer.Write(call.Name);
        writer.Write(call.Version);
    }

    private static RefCall ReadRef(KeptReader reader) =>
        new(
            reader.ReadOptionalText(),
            reader.ReadOptionalText(),
            reader.ReadText(),
            reader.ReadOptionalText(),
            Location: null
        );
}
