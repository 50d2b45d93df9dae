using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;

namespace Headwater.Project.Yaml;

/// <summary>
/// Reads the keys of one mapping into typed values and reports everything that does not fit. Missing or wrong values give a default,
/// so that reading goes on and finds the next mistake. Call <see cref="Finish"/> last: it reports keys that nobody read.
/// </summary>
public sealed class MappingReader(YamlMapping mapping, DiagnosticBag diagnostics)
{
    // Few keys, and one of these for each column of a project: searched in order.
    private readonly List<string> _known = [];

    public SourceLocation Location => mapping.Location;

    public YamlMapping Mapping => mapping;

    public YamlNode? Node(string key)
    {
        _known.Add(key);
        var node = mapping[key];
        return node is YamlScalar { IsNull: true } ? null : node;
    }

    public bool Has(string key) => Node(key) is not null;

    public string? Text(string key) => LocatedText(key)?.Text;

    public LocatedText? LocatedText(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlScalar scalar:
                return new LocatedText(scalar.Text, scalar.Location);
            case var other:
                ReportType(key, "a text", other);
                return null;
        }
    }

    /// <summary>A text that must be there; reports HW1006 and returns an empty one if it is not.</summary>
    public LocatedText RequiredText(string key)
    {
        var text = LocatedText(key);
        if (text is null && Node(key) is null)
        {
            diagnostics.Add(ProjectDiagnostics.MissingKey.At(mapping.Location, key));
        }

        return text ?? new LocatedText("", mapping.Location);
    }

    /// <summary>A required text that can stand as an identifier in queries and paths.</summary>
    public LocatedText RequiredName(string key)
    {
        var name = RequiredText(key);
        if (name.Text.Length > 0 && !IsName(name.Text))
        {
            diagnostics.Add(ProjectDiagnostics.InvalidName.At(name.Location, name.Text));
        }

        return name;
    }

    public bool? Boolean(string key)
    {
        var node = Node(key);
        if (node is null)
        {
            return null;
        }

        var value = (node as YamlScalar)?.AsBoolean;
        if (value is null)
        {
            ReportType(key, "true or false", node);
        }

        return value;
    }

    public int? Integer(string key)
    {
        var node = Node(key);
        if (node is null)
        {
            return null;
        }

        if ((node as YamlScalar)?.AsInteger is { } value and >= int.MinValue and <= int.MaxValue)
        {
            return (int)value;
        }

        ReportType(key, "a whole number", node);
        return null;
    }

    /// <summary>One of a closed set of words, given as the words and what each means.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> accepted)
        where T : struct
    {
        if (LocatedText(key) is not { } text)
        {
            return null;
        }

        if (accepted.TryGetValue(text.Text, out var value))
        {
            return value;
        }

        var nearest = NearestName.Find(text.Text, accepted.Keys);
        var known = string.Join(", ", accepted.Keys);
        var report = ProjectDiagnostics.NotAccepted.At(text.Location, key, text.Text, known);
        diagnostics.Add(
            nearest is null ? report : report with { Hint = $"did you mean '{nearest}'? accepted: {known}" }
        );
        return null;
    }

    /// <summary>A list of texts; a single text counts as a list of one.</summary>
    public IReadOnlyList<LocatedText> Texts(string key)
    {
        switch (Node(key))
        {
            case null:
                return [];
            case YamlScalar scalar:
                return [new LocatedText(scalar.Text, scalar.Location)];
            case YamlSequence sequence:
                var texts = new List<LocatedText>();
                foreach (var item in sequence.Items)
                {
                    if (item is YamlScalar { IsNull: false } scalar)
                    {
                        texts.Add(new LocatedText(scalar.Text, scalar.Location));
                    }
                    else
                    {
                        ReportType(key, "a list of texts", item);
                    }
                }

                return texts;
            case var other:
                ReportType(key, "a list of texts", other);
                return [];
        }
    }

    /// <summary>The mappings of a list.</summary>
    public IReadOnlyList<MappingReader> Mappings(string key)
    {
        switch (Node(key))
        {
            case null:
                return [];
            case YamlSequence sequence:
                var readers = new List<MappingReader>();
                foreach (var item in sequence.Items)
                {
                    if (item is YamlMapping child)
                    {
                        readers.Add(new MappingReader(child, diagnostics));
                    }
                    else
                    {
                        ReportType(key, "a list of mappings", item);
                    }
                }

                return readers;
            case var other:
                ReportType(key, "a list of mappings", other);
                return [];
        }
    }

    public MappingReader? Child(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlMapping child:
                return new MappingReader(child, diagnostics);
            case var other:
                ReportType(key, "a mapping", other);
                return null;
        }
    }

    public void Report(Diagnostic diagnostic) => diagnostics.Add(diagnostic);

    public void ReportType(string key, string expected, YamlNode found) =>
        diagnostics.Add(
            ProjectDiagnostics.WrongType.At(found.Location, key, expected, found.Description) with
            {
                Hint = $"for example {key}: {Example(expected)}",
            }
        );

    /// <summary>Reports each key that was not asked for (HW1007).</summary>
    public void Finish()
    {
        foreach (var entry in mapping.Entries)
        {
            if (!_known.Contains(entry.Key.Text))
            {
                diagnostics.Add(
                    ProjectDiagnostics.UnknownKey.At(entry.Key.Location, entry.Key.Text) with
                    {
                        Hint = NearestName.Hint(entry.Key.Text, _known),
                    }
                );
            }
        }
    }

    private static string Example(string expected) =>
        expected switch
        {
            "a text" => "some_text, in quotes if it holds brackets, braces or a colon",
            "true or false" => "true",
            "a whole number" => "10",
            "a list of texts" => "[one, another]",
            "a mapping" => "{one: 1}, or one key a line, indented",
            _ when expected.StartsWith("a list", StringComparison.Ordinal) =>
                "followed by one indented line for each, beginning with '- '",
            _ => expected,
        };

    private static bool IsName(string text) =>
        text.Length <= 120
        && (char.IsAsciiLetter(text[0]) || text[0] == '_')
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
