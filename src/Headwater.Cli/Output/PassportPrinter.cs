using System.Globalization;
using Headwater.Platform.Passports;

namespace Headwater.Cli.Output;

/// <summary>Writes a passport for people.</summary>
internal static class PassportPrinter
{
    private const string Inset = "  ";

    public static void Print(PassportDocument passport, TextWriter output)
    {
        foreach (var metric in passport.Metrics)
        {
            Print(metric, output);
        }

        output.WriteLine("How it is worked out");
        for (var step = 0; step < passport.Plan.Count; step++)
        {
            output.WriteLine($"{Inset}{step + 1}. {passport.Plan[step]}");
        }

        output.WriteLine();
        output.WriteLine("SQL");
        Print(passport.Sql, output);
        foreach (var rollup in passport.Rollups)
        {
            output.WriteLine($"rollup {rollup.Name}: {(rollup.Used ? "used" : $"not used, {rollup.WhyNot}")}");
        }

        output.WriteLine();
        output.WriteLine("Tables");
        foreach (var relation in passport.Relations)
        {
            Print(relation, output);
        }

        if (passport.AsOf is { } asOf)
        {
            output.WriteLine($"{Inset}the oldest of this was loaded at {Time(asOf)}");
        }

        if (passport.Tests.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Tests");
        }

        foreach (var test in passport.Tests)
        {
            var at = test.RanAt is { } ran ? $" at {Time(ran)}" : "";
            var failures = test.Failures is > 0 ? $", {test.Failures} rows" : "";
            var place = test.Column is null ? test.Relation : $"{test.Relation}.{test.Column}";
            output.WriteLine($"{Inset}{test.State}{at}{failures}  {test.Test} of {place}");
        }

        if (passport.Hidden)
        {
            output.WriteLine();
            output.WriteLine("There is more that this user may not see.");
        }
    }

    private static void Print(PassportMetricDocument metric, TextWriter output)
    {
        output.WriteLine($"{metric.Label} ({metric.Name}, {metric.Type})");
        if (metric.Description is not null)
        {
            output.WriteLine($"{Inset}{metric.Description}");
        }

        output.WriteLine($"{Inset}{metric.Formula}");
        var since = metric.ChangedAt is { } at ? $", unchanged since {Time(at)}" : "";
        output.WriteLine($"{Inset}version {metric.Version}{since}");
        if (metric.Owner is not null)
        {
            output.WriteLine($"{Inset}owned by {metric.Owner}");
        }

        output.WriteLine($"{Inset}defined in {metric.File}:{metric.Line}");
        if (metric.Definition is not null)
        {
            Print(metric.Definition, output);
        }

        output.WriteLine();
    }

    private static void Print(PassportRelationDocument relation, TextWriter output)
    {
        var at = relation.ChangedAt is { } changed
            ? $", {(relation.Kind == "source" ? "loaded" : "built")} at {Time(changed)}"
            : "";
        var rows = relation.Rows is { } count ? string.Create(CultureInfo.InvariantCulture, $", {count:N0} rows") : "";
        var freshness = relation.Freshness is null ? "" : $", {relation.Freshness}";
        output.WriteLine(
            $"{string.Concat(Enumerable.Repeat(Inset, relation.Steps + 1))}{relation.Name}, a {relation.Kind}{at}{rows}{freshness}"
        );
        foreach (var column in relation.Columns)
        {
            output.WriteLine(
                $"{string.Concat(Enumerable.Repeat(Inset, relation.Steps + 2))}{column.Name} ({column.Kind})"
            );
        }
    }

    private static void Print(string text, TextWriter output)
    {
        foreach (var line in text.Split('\n'))
        {
            output.WriteLine(Inset + Inset + line);
        }
    }

    private static string Time(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
