using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;
using Headwater.Project;

namespace Headwater.Modeling;

/// <summary>What a parse takes from outside.</summary>
public sealed record ModelingOptions
{
    /// <summary>The values of <c>--vars</c>: over those of the project's files. Values as templates see them.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } =
        new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>Where <c>env_var()</c> looks.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What templates see as <c>invocation_id</c>.</summary>
    public string InvocationId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>Receives what <c>log()</c> and <c>print()</c> say: the node's id and the text. May be called from several threads.</summary>
    public Action<string, string>? Log { get; init; }

    /// <summary>The folder in which parses of a project are kept (see <see cref="Keeping.ParseKeeper"/>). Default null, as where it gives null: none is kept, nor looked for.</summary>
    public Func<ProjectFolder, string?>? KeptIn { get; init; }

    /// <summary>Told when a template asks for the time, or for what else is of this invocation alone.</summary>
    internal Action? MomentRead { get; init; }
}

/// <summary>
/// Reads the models, seeds, sources, tests and macros of projects. Keep one for a project that is read again: it remembers parsed
/// templates, so that only changed files are parsed. Safe for several threads.
/// </summary>
public sealed class ModelingWorkspace
{
    private readonly TemplateCache _templates = new();

    /// <summary>Reads a project. All that is wrong goes to <paramref name="diagnostics"/>.</summary>
    /// <returns>
    /// What could be read, also where some of it is wrong: build it only if <paramref name="diagnostics"/> has no errors.
    /// </returns>
    public Manifest Load(ProjectFolder project, ModelingOptions options, DiagnosticBag diagnostics) =>
        new ManifestParser(project, options, _templates, diagnostics).Parse();
}
