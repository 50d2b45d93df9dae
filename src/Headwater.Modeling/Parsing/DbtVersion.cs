using Headwater.Kernel.Diagnostics;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>The version of dbt whose behaviour is followed, and what packages ask for.</summary>
internal static class DbtVersion
{
    public const string Text = "1.10.0";

    private static readonly string[] Operators = [">=", "<=", "!=", ">", "<", "="];

    /// <summary>Warns of packages whose <c>require-dbt-version</c> leaves this one out.</summary>
    public static void Check(IEnumerable<ProjectPackage> packages, DiagnosticBag diagnostics)
    {
        foreach (var package in packages)
        {
            var wanted = package.Paths("require-dbt-version");
            if (wanted.SelectMany(item => item.Split(',')).Any(item => !Admits(item.Trim())))
            {
                var place = package.File["require-dbt-version"]!.Location;
                diagnostics.Add(
                    ModelingDiagnostics.OtherDbtVersion.At(place, package.Name, string.Join(", ", wanted), Text)
                );
            }
        }
    }

    // What cannot be read admits everything: it is a warning that would be wrong.
    private static bool Admits(string condition)
    {
        var sign = Operators.FirstOrDefault(condition.StartsWith) ?? "";
        if (!Version.TryParse(condition[sign.Length..].Trim(), out var asked))
        {
            return true;
        }

        var order = Version.Parse(Text).CompareTo(new Version(asked.Major, asked.Minor, Math.Max(0, asked.Build)));
        return sign switch
        {
            ">=" => order >= 0,
            "<=" => order <= 0,
            ">" => order > 0,
            "<" => order < 0,
            "!=" => order != 0,
            _ => order == 0,
        };
    }
}
