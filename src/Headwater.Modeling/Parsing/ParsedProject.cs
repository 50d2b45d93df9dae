using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Rendering;
using Headwater.Project;
using Headwater.Project.Yaml;
using Headwater.Sql.Dialects;

namespace Headwater.Modeling.Parsing;

/// <summary>What every rendering of a project shares. Immutable, and safe for several threads if its delegates are.</summary>
internal sealed record ParsedProject
{
    public required ProjectFolder Folder { get; init; }

    public required MacroLibrary Macros { get; init; }

    public required ProjectVariables Variables { get; init; }

    public required TemplateCache Templates { get; init; }

    public required DocLibrary Docs { get; init; }

    public required Func<string, string?> Environment { get; init; }

    public required string InvocationId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether what the first rendering of models found is remembered.</summary>
    public bool KeepsExplorations { get; init; }

    /// <summary>Told when a template asks for the time, or for what else is of this invocation alone.</summary>
    public Action? MomentRead { get; init; }

    public required JinjaDict Target { get; init; }

    /// <summary>The schema of models that are given none: the target's, rendered.</summary>
    public required string Schema { get; init; }

    public required SqlDialect Dialect { get; init; }

    /// <summary>The database's name; settled once there is a connection.</summary>
    public required string Catalog { get; init; }

    public JinjaDict Flags { get; init; } = FlagValues.Of("parse");

    /// <summary>What templates see as <c>graph</c>: nothing while parsing.</summary>
    public Lazy<JinjaDict> Graph { get; init; } = new(new JinjaDict());

    public JinjaList? SelectedResources { get; init; }

    /// <summary>Receives what <c>log()</c> and <c>print()</c> say: the node's id and the text.</summary>
    public Action<string, string>? Log { get; init; }

    /// <summary>Receives warnings of templates.</summary>
    public required Action<Diagnostic> Warn { get; init; }

    /// <summary><see cref="StartedAt"/> as templates see it.</summary>
    public DateTimeOffset TellStart()
    {
        MomentRead?.Invoke();
        return StartedAt;
    }

    /// <summary><see cref="InvocationId"/> as templates see it.</summary>
    public string TellInvocation()
    {
        MomentRead?.Invoke();
        return InvocationId;
    }

    /// <summary>A database as nodes keep it: null where it is the target's.</summary>
    public string? OtherDatabase(string? database) =>
        string.IsNullOrWhiteSpace(database) || database.Trim() == Catalog ? null : database.Trim();

    /// <summary>What is quoted in a relation's name: as its config says, else its project file.</summary>
    public QuotingPolicy Quoting(NodeConfig config)
    {
        var written = Folder.Package.File["quoting"] as YamlMapping;
        var own = config["quoting"] as JinjaDict;
        return new QuotingPolicy(Part("database"), Part("schema"), Part("identifier"));

        bool Part(string name) =>
            own is not null && own.TryGet(name, out var value) && value is bool flag
                ? flag
                : (written?[name] as YamlScalar)?.AsBoolean ?? true;
    }

    /// <summary>The packages that dispatch looks through for a namespace: as <c>dispatch:</c> says, else the project, then the package.</summary>
    public IReadOnlyList<string> SearchOrder(string space)
    {
        foreach (var item in (Folder.Package.File["dispatch"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            if ((item["macro_namespace"] as YamlScalar)?.Text == space && item["search_order"] is YamlSequence order)
            {
                return [.. order.Items.OfType<YamlScalar>().Select(package => package.Text)];
            }
        }

        return space == MacroLibrary.BuiltInPackage ? [Folder.Name, MacroLibrary.BuiltInPackage] : [Folder.Name, space];
    }
}
