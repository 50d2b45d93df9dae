using Headwater.Jinja.Values;

namespace Headwater.Modeling.Graph;

/// <summary>A test of a model's logic: the rows that it must give for rows of what it reads.</summary>
public sealed record UnitTestNode(NodeHeader Header) : ManifestNode(Header)
{
    /// <summary>The model under test.</summary>
    public required string ModelId { get; init; }

    /// <summary>The version of the model; null for a model that has none.</summary>
    public string? Version { get; init; }

    public required IReadOnlyList<UnitTestInput> Given { get; init; }

    public required UnitTestRows Expect { get; init; }

    /// <summary>What macros give instead, by name, or by package and name with a dot between: <c>is_incremental</c>, <c>dbt_utils.star</c>.</summary>
    public required JinjaDict MacroOverrides { get; init; }

    public required JinjaDict VariableOverrides { get; init; }

    public required JinjaDict EnvironmentOverrides { get; init; }

    /// <summary>True if the model is rendered as for a run over an existing table.</summary>
    public bool IsIncremental => MacroOverrides.TryGet("is_incremental", out var value) && value is true;

    public override string ResourceType => "unit_test";
}

/// <summary>Rows that stand for something that the model reads.</summary>
/// <param name="NodeId">The model, seed, snapshot or source; null for <c>this</c>, the model's own table.</param>
public sealed record UnitTestInput(string? NodeId, UnitTestRows Rows);

/// <summary>Rows of a unit test.</summary>
public abstract record UnitTestRows;

/// <summary>Rows with values as template values, as YAML or CSV gave them; columns that are left out are null.</summary>
public sealed record UnitTestTable(IReadOnlyList<JinjaDict> Rows) : UnitTestRows;

/// <summary>A query that gives the rows.</summary>
public sealed record UnitTestQuery(string Sql) : UnitTestRows;
