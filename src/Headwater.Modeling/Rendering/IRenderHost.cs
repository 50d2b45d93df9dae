using Headwater.Jinja.Evaluation;

namespace Headwater.Modeling.Rendering;

/// <summary>What names of other nodes mean in a rendering. While parsing they are recorded; while building they are resolved.</summary>
internal interface IRenderHost
{
    object? Ref(string name, string? package, string? version, CallContext context);

    object? Source(string source, string table, CallContext context);
}
