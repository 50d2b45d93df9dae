using System.Globalization;
using System.Text.Json.Nodes;
using Headwater.Query.UserSql.Grammar;
using static Headwater.Query.UserSql.SyntaxNodes;

namespace Headwater.Query.UserSql;

/// <summary>Refuses types that are not on the list, in casts and constants, nested ones included.</summary>
internal static class TypeGate
{
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW5104, HW5106 or HW5108.</exception>
    public static void Check(JsonObject type, int depth)
    {
        if (depth > StatementLimits.Depth)
        {
            throw QueryDiagnostics.SqlTooLarge.With("it is nested too deep").ToException();
        }

        var id = Text(type, "id");
        if (!AllowedWords.Types.Contains(id))
        {
            throw QueryDiagnostics.SqlType.With(id.ToLowerInvariant()).ToException();
        }

        if (type["type_info"] is not JsonObject info)
        {
            return;
        }

        foreach (var (name, value) in info)
        {
            switch (name)
            {
                case "child_type":
                    Check(value!.AsObject(), depth + 1);
                    break;
                case "child_types":
                    Each(value, item => Check(item["second"]!.AsObject(), depth + 1));
                    break;
                case "name":
                    Require(
                        AllowedWords.NamedTypes.Contains(value!.GetValue<string>().ToLowerInvariant()),
                        "this type"
                    );
                    break;
                case "size":
                    Require(
                        int.TryParse(
                            value!.ToJsonString(),
                            NumberStyles.None,
                            CultureInfo.InvariantCulture,
                            out var size
                        )
                            && size <= StatementLimits.TextLength,
                        "an array of this size"
                    );
                    break;
                case "catalog" or "schema" or "extension_info" or "user_type_modifiers":
                    Require(IsEmpty(value), "this type");
                    break;
                default:
                    Require(name is "type" or "alias" or "width" or "scale", "this type");
                    break;
            }
        }
    }
}
