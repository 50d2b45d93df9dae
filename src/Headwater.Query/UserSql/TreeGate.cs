using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Headwater.Kernel.Diagnostics;
using Headwater.Query.UserSql.Grammar;
using static Headwater.Query.UserSql.SyntaxNodes;

namespace Headwater.Query.UserSql;

/// <summary>
/// Walks a syntax tree and refuses everything that is not on a list: nodes, their properties, functions, types, operators; and what is too large.
/// One instance a statement.
/// </summary>
internal sealed class TreeGate
{
    private int _nodes;
    private int _joins;
    private int _commonTables;
    private int _setOperations;

    /// <summary>Whether the statement asks the clock or chance, so that its answer must not be kept.</summary>
    public bool IsChanging { get; private set; }

    /// <exception cref="DiagnosticException">HW5104 to HW5108.</exception>
    public void Check(JsonObject query) => Query(query, 0);

    private void Query(JsonObject node, int depth)
    {
        var type = Text(node, "type");
        if (type == "SET_OPERATION_NODE" || type == "RECURSIVE_CTE_NODE")
        {
            Count(ref _setOperations, StatementLimits.SetOperations, "set operations");
        }

        Walk(node, Find(NodeShapes.ByQueryType, type), depth);
    }

    private void Table(JsonObject node, int depth)
    {
        var type = Text(node, "type");
        Walk(node, Find(NodeShapes.ByTableType, type), depth);
        if (type == "JOIN")
        {
            Count(ref _joins, StatementLimits.Joins, "joins");
            Require(AllowedWords.JoinKinds.Contains(Text(node, "ref_type")), "this kind of join");
        }
        else if (type == "TABLE_FUNCTION")
        {
            var function = node["function"]!.AsObject();
            var name = Text(function, "function_name");
            if (Text(function, "class") != "FUNCTION" || !AllowedFunctions.IsAllowedTable(name))
            {
                throw QueryDiagnostics.SqlFunction.With(name).ToException();
            }
        }
    }

    private void Expression(JsonObject node, int depth, bool isTableFunction = false)
    {
        var kind = Text(node, "class");
        Walk(node, Find(NodeShapes.ByClass, kind), depth);
        switch (kind)
        {
            case "FUNCTION" when !isTableFunction:
            case "WINDOW":
                Function(node);
                break;
            case "OPERATOR":
                Require(AllowedWords.Operators.Contains(Text(node, "type")), "this operator");
                break;
            case "COLUMN_REF":
                Column(node);
                break;
        }
    }

    private void Function(JsonObject node)
    {
        var name = Text(node, "function_name");
        if (!AllowedFunctions.IsAllowed(name) || Text(node, "schema") is not ("" or "main"))
        {
            throw QueryDiagnostics.SqlFunction.With(name).ToException();
        }

        IsChanging |= AllowedFunctions.IsChanging(name);
        if (AllowedFunctions.LengthArguments.TryGetValue(name, out var place))
        {
            var argument = node["children"]!.AsArray().ElementAtOrDefault(place)?["value"]?["value"]?.ToJsonString();
            Require(
                int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                    && length <= StatementLimits.TextLength,
                $"{name} with a length that is not a constant of at most {StatementLimits.TextLength}"
            );
        }
    }

    private void Column(JsonObject node)
    {
        var names = node["column_names"]!.AsArray();
        if (names is [var only])
        {
            var word = only!.GetValue<string>().ToLowerInvariant();
            Require(!AllowedWords.ValueWords.Contains(word), $"'{word}' (write it with its table, if it is a column)");
            IsChanging |= AllowedWords.ClockWords.Contains(word);
        }
    }

    private void Walk(JsonObject node, NodeShape shape, int depth)
    {
        Count(ref _nodes, StatementLimits.Nodes, "parts");
        if (depth > StatementLimits.Depth)
        {
            throw QueryDiagnostics.SqlTooLarge.With("it is nested too deep").ToException();
        }

        foreach (var (name, value) in node)
        {
            var kind = shape[name] ?? throw Refused($"{shape.Description} with {name.Replace('_', ' ')}");
            Property(shape, name, kind, value, depth + 1);
        }
    }

    private void Property(NodeShape shape, string name, PropertyKind kind, JsonNode? value, int depth)
    {
        switch (kind)
        {
            case PropertyKind.Plain:
                break;
            case PropertyKind.Empty:
                Require(IsEmpty(value), $"{shape.Description} with {name.Replace('_', ' ')}");
                break;
            case PropertyKind.Expression:
                if (value is JsonObject expression)
                {
                    Expression(expression, depth, isTableFunction: name == "function");
                }

                break;
            case PropertyKind.Expressions:
                Each(value, item => Expression(item, depth));
                break;
            case PropertyKind.ExpressionRows:
                foreach (var row in value!.AsArray())
                {
                    Each(row, item => Expression(item, depth));
                }

                break;
            case PropertyKind.KeyedExpressions:
                Each(value, item => Expression(item["value"]!.AsObject(), depth));
                break;
            case PropertyKind.CaseChecks:
                Each(
                    value,
                    item =>
                    {
                        Expression(item["when_expr"]!.AsObject(), depth);
                        Expression(item["then_expr"]!.AsObject(), depth);
                    }
                );
                break;
            case PropertyKind.Orders:
                Each(value, item => Expression(item["expression"]!.AsObject(), depth));
                break;
            case PropertyKind.OrderModifier:
                Each(value?["orders"], item => Expression(item["expression"]!.AsObject(), depth));
                break;
            case PropertyKind.Modifiers:
                Each(value, item => Modifier(item, depth));
                break;
            case PropertyKind.Table:
                Table(value!.AsObject(), depth);
                break;
            case PropertyKind.Query:
                Query(value!.AsObject(), depth);
                break;
            case PropertyKind.Statement:
                StatementNode(value!.AsObject(), depth);
                break;
            case PropertyKind.CommonTables:
                Each(value?["map"], item => CommonTable(item, depth));
                break;
            case PropertyKind.Type:
                TypeGate.Check(value!.AsObject(), depth);
                break;
            case PropertyKind.Value:
                TypeGate.Check(value!["type"]!.AsObject(), depth);
                break;
        }
    }

    private void StatementNode(JsonObject statement, int depth)
    {
        Require(IsEmpty(statement["named_param_map"]), "parameters");
        Query(statement["node"]!.AsObject(), depth);
    }

    private void CommonTable(JsonObject item, int depth)
    {
        Count(ref _commonTables, StatementLimits.CommonTables, "common table expressions");
        foreach (var (name, value) in item["value"]!.AsObject())
        {
            switch (name)
            {
                case "query":
                    StatementNode(value!.AsObject(), depth);
                    break;
                case "key_targets":
                    Each(value, target => Expression(target, depth));
                    break;
                default:
                    Require(name is "aliases" or "materialized", $"a common table expression with {name}");
                    break;
            }
        }
    }

    private void Modifier(JsonObject modifier, int depth)
    {
        Require(AllowedWords.ModifierTypes.Contains(Text(modifier, "type")), "this clause");
        foreach (var (name, value) in modifier)
        {
            switch (name)
            {
                case "type":
                    break;
                case "orders":
                    Each(value, item => Expression(item["expression"]!.AsObject(), depth));
                    break;
                case "limit" or "offset":
                    if (value is JsonObject expression)
                    {
                        Expression(expression, depth);
                    }

                    break;
                case "distinct_on_targets":
                    Each(value, item => Expression(item, depth));
                    break;
                default:
                    throw Refused($"a clause with {name}");
            }
        }
    }

    private static NodeShape Find(FrozenDictionary<string, NodeShape> shapes, string key) =>
        shapes.TryGetValue(key, out var shape) ? shape : throw Refused(key.Replace('_', ' ').ToLowerInvariant());

    private static void Count(ref int counter, int limit, string what)
    {
        if (++counter > limit)
        {
            throw QueryDiagnostics.SqlTooLarge.With($"it has more than {limit} {what}").ToException();
        }
    }
}
