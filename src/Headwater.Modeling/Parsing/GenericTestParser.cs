using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Rendering;
using Headwater.Modeling.Testing;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>Makes test nodes from the tests written below models, seeds, sources and their columns.</summary>
internal sealed class GenericTestParser(ParsedProject project, DraftFactory drafts, DiagnosticBag diagnostics)
{
    // Keys of a test that configure it instead of being arguments.
    private static readonly HashSet<string> ConfigKeys = new(StringComparer.Ordinal)
    {
        "severity",
        "where",
        "warn_if",
        "error_if",
        "limit",
        "fail_calc",
        "store_failures",
        "store_failures_as",
        "tags",
        "enabled",
        "meta",
        "alias",
        "schema",
        "database",
        "group",
    };

    /// <summary>The draft of one test, or null after reporting what is wrong with it.</summary>
    /// <param name="entry">The test as written.</param>
    /// <param name="target">The node it tests.</param>
    public NodeDraft? Read(TestEntry entry, TestTarget target)
    {
        if (Parts(entry) is not { } parts)
        {
            return null;
        }

        var (written, arguments, config) = parts;
        var dot = written.Text.LastIndexOf('.');
        var package = dot < 0 ? null : written.Text[..dot];
        var testName = written.Text[(dot + 1)..];
        if (project.Macros.FindTest(testName, package, entry.Package) is null)
        {
            var known = project
                .Macros.All.Where(macro => macro.Name.StartsWith("test_", StringComparison.Ordinal))
                .Select(macro => macro.Name["test_".Length..])
                .ToHashSet(StringComparer.Ordinal);
            diagnostics.Add(
                ModelingDiagnostics.UnknownTest.At(written.Location, written.Text) with
                {
                    Hint = NearestName.Hint(testName, known),
                }
            );
            return null;
        }

        return Draft(entry, target, testName, package, arguments, config);
    }

    private NodeDraft Draft(
        TestEntry entry,
        TestTarget target,
        string testName,
        string? package,
        JinjaDict arguments,
        JinjaDict config
    )
    {
        var named = arguments.Copy();
        if (entry.Column is not null)
        {
            named["column_name"] = entry.Column;
        }

        var qualified =
            (target.Source is null ? "" : "source_") + (package is null ? testName : $"{package}_{testName}");
        var (shortName, fullName) = TestNames.Of(qualified, target.NameInTests, named);
        var given = config.TryGet("name", out var custom) ? Text.Str(custom) : null;
        config.Remove("name");
        IReadOnlyList<string> fqn = [entry.Package, .. entry.Folders, given ?? fullName];
        var draft = new NodeDraft
        {
            ResourceType = "test",
            Name = given ?? fullName,
            Package = entry.Package,
            Location = entry.Location,
            Path = entry.Path,
            Fqn = fqn,
            Config = drafts.Config(
                entry.Package,
                fqn,
                Rendered(config, entry.Package),
                new JinjaDict([KeyValuePair.Create("alias", (object?)(given ?? shortName))]),
                "data_tests",
                "tests"
            ),
            UniqueIdSuffix = "." + TestNames.Hash(given ?? fullName, testName, package, target, named),
            Generic = new GenericTest(testName, package, target.Id, entry.Column, arguments),
        };
        new Explorer(project, diagnostics).Explore(
            draft,
            (context, session) =>
            {
                var model = new RelationObject(project.Catalog, project.Schema, target.Name, "table", project.Dialect);
                try
                {
                    return GenericTestCall.Render(project, draft.Generic, context, session, model);
                }
                catch (DiagnosticException failure)
                {
                    throw new DiagnosticException([.. failure.Diagnostics.Select(Placed)], failure);
                }
            }
        );
        drafts.ApplyProject(draft, "data_tests", "tests");
        return draft;

        // What the macro refuses, such as an argument that it has not, is wrong where the test is written.
        Diagnostic Placed(Diagnostic problem) =>
            problem.Location is null
                ? problem with
                {
                    Message = $"The test '{draft.Name}' cannot be called: {problem.Message}",
                    Location = entry.Location,
                }
                : problem;
    }

    private JinjaDict Rendered(JinjaDict config, string package) =>
        new(
            config.Items.Select(pair =>
                KeyValuePair.Create(
                    Text.Str(pair.Key),
                    pair.Value is string text && Text.Str(pair.Key) is not ("where" or "fail_calc")
                        ? new YamlRenderer(project, package, diagnostics).Render(text, new SourceLocation(package))
                        : pair.Value
                )
            )
        );

    private (LocatedText Name, JinjaDict Arguments, JinjaDict Config)? Parts(TestEntry entry)
    {
        switch (entry.Node)
        {
            case YamlScalar { IsNull: false } scalar:
                return (new LocatedText(scalar.Text, scalar.Location), new JinjaDict(), new JinjaDict());
            case YamlMapping mapping when mapping["test_name"] is YamlScalar name:
                return Split(new LocatedText(name.Text, name.Location), mapping);
            case YamlMapping { Entries: [var single] }:
                var test = new LocatedText(single.Key.Text, single.Key.Location);
                switch (single.Value)
                {
                    case YamlMapping arguments:
                        return Split(test, arguments);
                    case YamlScalar { IsNull: true }:
                        return (test, new JinjaDict(), new JinjaDict());
                }

                diagnostics.Add(
                    ModelingDiagnostics.BadTest.At(
                        single.Value.Location,
                        $"'{test.Text}' takes a mapping of arguments, not {single.Value.Description}"
                    )
                );
                return null;
            default:
                diagnostics.Add(
                    ModelingDiagnostics.BadTest.At(
                        entry.Location,
                        "a test is a name, or one name with its arguments below it"
                    )
                );
                return null;
        }
    }

    private static (LocatedText Name, JinjaDict Arguments, JinjaDict Config) Split(
        LocatedText name,
        YamlMapping mapping
    )
    {
        var arguments = new JinjaDict();
        var config = new JinjaDict();
        foreach (var entry in mapping.Entries)
        {
            var key = entry.Key.Text;
            switch (key)
            {
                case "test_name" or "description":
                    break;
                case "arguments" when entry.Value is YamlMapping inner:
                    arguments.Merge(YamlValues.ConvertMapping(inner));
                    break;
                case "config" when entry.Value is YamlMapping inner:
                    ConfigMerge.Into(config, YamlValues.ConvertMapping(inner));
                    break;
                case "name":
                    config["name"] = YamlValues.Convert(entry.Value);
                    break;
                case var _ when ConfigKeys.Contains(key):
                    ConfigMerge.Into(
                        config,
                        new JinjaDict([KeyValuePair.Create(key, YamlValues.Convert(entry.Value))])
                    );
                    break;
                default:
                    arguments[key] = YamlValues.Convert(entry.Value);
                    break;
            }
        }

        return (name, arguments, config);
    }
}
