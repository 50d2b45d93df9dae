using Headwater.Modeling.Keeping.Format;
using Headwater.Project.Inputs;

namespace Headwater.Modeling.Keeping;

/// <summary>What a parse read: files, folders, and variables of the environment as digests.</summary>
/// <param name="Environment">By name, the digest of the value under <paramref name="Key"/>; empty where there was none.</param>
/// <param name="Key">Made for this parse alone, so that equal values are not seen to be equal in two of them.</param>
internal sealed record ParseInputs(
    IReadOnlyList<FileInput> Files,
    IReadOnlyList<FolderInput> Folders,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Environment,
    ReadOnlyMemory<byte> Key
);

/// <summary>The form of what a parse read.</summary>
internal static class InputForm
{
    public static byte[] Write(ParseInputs inputs)
    {
        var writer = new KeptWriter();
        writer.Write(inputs.Files, Write);
        writer.Write(inputs.Folders, Write);
        writer.Write(
            inputs.Environment,
            static (to, pair) =>
            {
                to.Write(pair.Key);
                to.Write(pair.Value.Span);
            }
        );
        writer.Write(inputs.Key.Span);
        return writer.ToBytes();
    }

    public static ParseInputs Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new KeptReader(bytes);
        var files = reader.ReadList(ReadFile);
        var folders = reader.ReadList(ReadFolder);
        var environment = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var (name, digest) in reader.ReadList(from => (from.ReadText(), from.ReadBytes())))
        {
            environment[name] = digest;
        }

        var inputs = new ParseInputs(files, folders, environment, reader.ReadBytes());
        return reader.IsAtEnd ? inputs : throw KeptReader.Damaged();
    }

    private static void Write(KeptWriter writer, FileInput file)
    {
        writer.Write(file.Path);
        writer.WriteOptional(file.State, Write);
    }

    private static FileInput ReadFile(KeptReader reader) => new(reader.ReadText(), reader.ReadOptional(ReadState));

    private static void Write(KeptWriter writer, FileState state)
    {
        writer.Write(state.Length);
        writer.Write(state.ModifiedTicks);
        writer.Write(state.ChangedTicks);
        writer.Write(state.IsSettled);
        writer.Write(state.Digest.Span);
    }

    private static FileState ReadState(KeptReader reader) =>
        new(reader.ReadNumber(), reader.ReadNumber(), reader.ReadNumber(), reader.ReadFlag(), reader.ReadBytes());

    private static void Write(KeptWriter writer, FolderInput folder)
    {
        writer.Write(folder.Path);
        writer.Write(folder.Extensions);
        writer.Write(folder.Files);
    }

    private static FolderInput ReadFolder(KeptReader reader) =>
        new(reader.ReadText(), reader.ReadTexts(), reader.ReadTexts());
}
