using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;
using Headwater.Modeling.Parsing;
using Headwater.Project;
using Headwater.Project.Inputs;

namespace Headwater.Modeling.Keeping;

/// <summary>
/// Keeps what a parse gave, and gives it back where nothing that it depends on has changed: files and folders, the environment as far as it was asked for,
/// target, variables and other options, and the program itself. For one load: make it first, load with its <see cref="Options"/>, then either
/// <see cref="Read"/> or parse and <see cref="Keep"/>.
/// </summary>
public sealed class ParseKeeper
{
    private readonly ConcurrentDictionary<string, string?> _environment = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Node, string Text)> _said = new();
    private readonly ModelingOptions _given;
    private readonly ProjectOptions _project;
    private readonly IReadOnlyList<Type> _readers;
    private volatile bool _hasReadMoment;
    private volatile bool _isDone;

    /// <param name="project">Which project is loaded, and what lies over its files.</param>
    /// <param name="modeling">What a parse takes from outside; says where parses are kept.</param>
    /// <param name="readers">A type of each assembly, this and those below it aside, whose findings are kept too.</param>
    public ParseKeeper(ProjectOptions project, ModelingOptions modeling, params IReadOnlyList<Type> readers)
    {
        _given = modeling;
        _project = project;
        _readers = readers;
        // What other templates ask for is not known here.
        Options =
            modeling.KeptIn is null || project.Templates is not null
                ? modeling with
                {
                    KeptIn = null,
                }
                : modeling with
                {
                    Environment = Ask,
                    Log = Say,
                    MomentRead = () => _hasReadMoment = true,
                };
    }

    /// <summary>The options to load the project and to parse it with: what is asked of them is remembered.</summary>
    public ModelingOptions Options { get; }

    /// <summary>The kept parse, if it would be the same now; else null. What templates logged is logged again.</summary>
    public KeptParse? Read(ProjectFolder project)
    {
        if (Options.KeptIn?.Invoke(project) is not { } folder || Seal(project) is not { } seal)
        {
            return null;
        }

        if (KeptFile.Read(folder, seal) is not { } file)
        {
            return null;
        }

        try
        {
            var inputs = InputForm.Read(file.Inputs);
            if (!IsSameEnvironment(inputs) || InputCheck.Run(inputs.Files, inputs.Folders) is not { } changes)
            {
                return null;
            }

            var outcome = ManifestForm.Read(file.Outcome);
            var edits = EditForm.Read(file.Edits);
            if (!IsSameAtThisMoment(project, outcome, ExplorationForm.Read(file.Timed)))
            {
                return null;
            }

            if (changes.Edited.Count > 0)
            {
                var known = ExplorationForm.Read(file.Explorations);
                if (Edited(project, outcome, known, changes.Edited) is not { } found)
                {
                    return null;
                }

                edits = [.. edits.ExceptBy(found.Select(edit => edit.NodeId), edit => edit.NodeId), .. found];
            }

            var manifest = new ManifestRestorer(project, Options).Restore(outcome, edits);
            manifest.KeptAs = file.Parse;
            if (!changes.Files.SequenceEqual(inputs.Files, ReferenceEqualityComparer.Instance))
            {
                (
                    file with
                    {
                        Inputs = InputForm.Write(Now(inputs, changes, project)),
                        Edits = EditForm.Write(edits),
                    }
                ).Write(folder);
            }

            _isDone = true;
            foreach (var (node, text) in outcome.Said)
            {
                _given.Log?.Invoke(node, text);
            }

            return new KeptParse(manifest, outcome.Diagnostics);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Keeps a parse, unless it has errors or depends on the time at which it was made.</summary>
    /// <param name="manifest">What it gave.</param>
    /// <param name="diagnostics">What was found to say of it, those of loading the project's folder aside.</param>
    public void Keep(Manifest manifest, IReadOnlyList<Diagnostic> diagnostics)
    {
        if (Options.KeptIn?.Invoke(manifest.Project) is not { } folder)
        {
            _isDone = true;
            return;
        }

        // What is switched off is named now, which may ask for more.
        var disabled = manifest.Disabled;
        _isDone = true;
        if (
            _hasReadMoment
            || diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error)
            || Seal(manifest.Project) is not { } seal
        )
        {
            return;
        }

        try
        {
            foreach (var seed in manifest.Seeds.Concat(disabled.OfType<SeedNode>()))
            {
                // Not read to parse, but the manifest tells of its content.
                manifest.Project.Files.Remember(seed.File);
            }

            var outcome = ManifestForm.Write(ManifestRestorer.OutcomeOf(manifest, diagnostics, [.. _said]));
            var file = new KeptFile(
                seal,
                InputForm.Write(Inputs(manifest.Project)),
                outcome,
                ExplorationForm.Write(manifest.Explorations),
                ExplorationForm.Write([.. manifest.Explorations.Where(pair => pair.Value.ReadsMoment)]),
                EditForm.Write([])
            );
            file.Write(folder);
            manifest.KeptAs = file.Parse;
        }
        catch (Exception problem) when (problem is NotKeepableException or IOException or UnauthorizedAccessException)
        {
            // The next command parses again.
        }
    }

    // The edits of models, if they are all that there is to say of the edited files; else null.
    private List<ModelEdit>? Edited(
        ProjectFolder project,
        ParseOutcome outcome,
        IReadOnlyList<KeyValuePair<string, Exploration>> known,
        IReadOnlyList<string> files
    )
    {
        var byFile = known.ToLookup(pair => pair.Value.File, StringComparer.Ordinal);
        var parsed = new ManifestRestorer(project, Options).Restore(outcome, []);
        var reader = new ModelEditReader(parsed, outcome);
        var edits = new List<ModelEdit>();
        foreach (var file in files)
        {
            if (byFile[file].ToList() is not [var (id, before)] || reader.Read(id, before) is not { } edit)
            {
                return null;
            }

            edits.Add(edit);
        }

        return edits;
    }

    // Whether models that ask for the time find now what they found then: what else they make of it is made when they are compiled.
    private bool IsSameAtThisMoment(
        ProjectFolder project,
        ParseOutcome outcome,
        IReadOnlyList<KeyValuePair<string, Exploration>> timed
    )
    {
        if (timed.Count == 0)
        {
            return true;
        }

        var reader = new ModelEditReader(new ManifestRestorer(project, Options).Restore(outcome, []), outcome);
        return timed.All(pair => reader.Read(pair.Key, pair.Value) is not null);
    }

    // What edited files were when they were read for it counts, rather than what they were when they were found to be edited.
    private ParseInputs Now(ParseInputs inputs, InputChanges changes, ProjectFolder project)
    {
        var edited = changes.Edited.ToHashSet(StringComparer.Ordinal);
        var read = project
            .Files.Files.Where(file => edited.Contains(file.Path))
            .ToDictionary(file => file.Path, StringComparer.Ordinal);
        var asked = inputs.Environment.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in _environment)
        {
            asked[name] = DigestOf(value, inputs.Key.Span);
        }

        return inputs with
        {
            Files = [.. changes.Files.Select(file => read.GetValueOrDefault(file.Path) ?? file)],
            Environment = asked,
        };
    }

    private byte[]? Seal(ProjectFolder project)
    {
        try
        {
            return ParseSeal.Of(project, _project, _given, _readers);
        }
        catch (NotKeepableException)
        {
            return null;
        }
    }

    private ParseInputs Inputs(ProjectFolder project)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        return new ParseInputs(
            project.Files.Files,
            project.Files.Folders,
            _environment
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .ToDictionary(pair => pair.Key, pair => DigestOf(pair.Value, key), StringComparer.Ordinal),
            key
        );
    }

    private bool IsSameEnvironment(ParseInputs inputs) =>
        inputs.Environment.All(pair =>
            DigestOf(_given.Environment(pair.Key), inputs.Key.Span).Span.SequenceEqual(pair.Value.Span)
        );

    private static ReadOnlyMemory<byte> DigestOf(string? value, ReadOnlySpan<byte> key) =>
        value is null ? default : (ReadOnlyMemory<byte>)HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(value));

    private string? Ask(string name)
    {
        var value = _given.Environment(name);
        if (!_isDone)
        {
            _environment[name] = value;
        }

        return value;
    }

    private void Say(string node, string text)
    {
        if (!_isDone)
        {
            _said.Enqueue((node, text));
        }

        _given.Log?.Invoke(node, text);
    }
}

/// <summary>A parse that was kept.</summary>
/// <param name="Manifest">What it gave.</param>
/// <param name="Diagnostics">What was found to say of it then, those of loading the project's folder aside.</param>
public sealed record KeptParse(Manifest Manifest, IReadOnlyList<Diagnostic> Diagnostics);
