using System.Globalization;
using System.Text;

namespace Headwater.Modeling.Rendering;

/// <summary>
/// Python's syntax of regular expressions in .NET's. Named groups become numbered ones, because .NET counts them after all others and
/// Python where they stand.
/// </summary>
internal static class RegexSyntax
{
    public static (string Pattern, IReadOnlyDictionary<string, int> Names) Translate(string pattern)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var output = new StringBuilder();
        var groups = 0;
        var inClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var rest = pattern.AsSpan(at);
            var close = rest.IndexOfAny('>', ')');
            if (rest[0] == '\\' && rest.Length > 1)
            {
                output.Append(rest[1] == 'Z' ? "\\z" : rest[..2]);
                at++;
            }
            else if (!inClass && close > 0 && rest[close] == '>' && rest.StartsWith("(?P<"))
            {
                names[rest[4..close].ToString()] = ++groups;
                output.Append('(');
                at += close;
            }
            else if (
                !inClass
                && close > 0
                && rest.StartsWith("(?P=")
                && names.TryGetValue(rest[4..close].ToString(), out var group)
            )
            {
                output.Append(CultureInfo.InvariantCulture, $"(?:\\{group})");
                at += close;
            }
            else
            {
                groups += !inClass && rest[0] == '(' && !rest.StartsWith("(?") ? 1 : 0;
                inClass = inClass ? rest[0] != ']' : rest[0] == '[';
                output.Append(rest[0]);
            }
        }

        return (output.ToString(), names);
    }
}
