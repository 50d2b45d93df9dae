using Headwater.Jinja.Functions;

namespace Headwater.Modeling.Rendering;

/// <summary>Models in Python need Python, which Headwater does without: what would run one says so.</summary>
internal static class PythonModels
{
    public static NativeFunction Refusal { get; } =
        new(
            "submit_python_job",
            null,
            _ => throw RefFunction.Wrong("Headwater runs no Python models; write the model in SQL")
        );
}
