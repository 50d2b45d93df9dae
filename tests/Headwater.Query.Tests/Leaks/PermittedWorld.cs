using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Headwater.Query.Masking;
using Headwater.Sql.Masking;

namespace Headwater.Query.Tests.Leaks;

/// <summary>
/// What a person may see of a world, worked out by hand: rows left out, values masked, before anything is asked. The oracle of the hunt: it shares no code with
/// the gate.
/// </summary>
internal sealed class PermittedWorld
{
    private static readonly string[] Strength = ["hash", "partial", "redact", "null"];

    private readonly SecretWorld _world;
    private readonly IReadOnlyList<SecretRole> _roles;
    private readonly Principal _person;
    private readonly IReadOnlyList<ClassifiedColumn> _classified;
    private readonly string _key;

    public PermittedWorld(SecretWorld world, SecretAccess access, Principal person, string key)
    {
        _world = world;
        _roles = access.RolesOf(person);
        _person = person;
        _classified = access.Classified;
        _key = key;
        Seen = new SecretWorld([.. world.Tables.Select(Permitted)]);
        var all = world.Tables.SelectMany(Secrets).ToList();
        Forbidden = all.Except(Seen.Tables.SelectMany(Secrets)).ToHashSet(StringComparer.Ordinal);
        ForbiddenInSql = all.Except(Seen.Tables.Where(IsVisible).SelectMany(Secrets)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The world as it is for the person. Tables that no rule reaches are whole in it: rows of others may refer to them.</summary>
    public SecretWorld Seen { get; }

    /// <summary>The secrets that must be in no answer.</summary>
    public IReadOnlySet<string> Forbidden { get; }

    /// <summary>Those that user SQL must not show: also what no rule reaches, though permitted rows of metrics may refer to it.</summary>
    public IReadOnlySet<string> ForbiddenInSql { get; }

    public bool SeesEverything => _roles.All(role => role.Rules.Count + role.Masks.Count == 0);

    /// <summary>True if a rule looks at masked values, or along masked keys: then fewer rows are seen than by clear ones.</summary>
    public bool HasMaskedRules =>
        Rules.Any(rule => _world.Tables.Any(table => Method(table.Name, "label") is not null || Masked(table)));

    /// <summary>Whether user SQL can name a table.</summary>
    public bool IsVisible(SecretTable table) => Rules.Count == 0 || IsOpen(table.Name) || Reaches(table);

    public bool IsOverviewVisible => Rules.Count == 0 || IsOpen("overview");

    private IReadOnlyList<(string Table, string Attribute)> Rules => [.. _roles.SelectMany(role => role.Rules)];

    /// <summary>Whether a view over the facts has masks: nobody has traced it, so that all its columns have all of theirs.</summary>
    public bool IsOverviewMasked => _world.Table("f0").Columns.Any(column => Method("f0", column.Name) is not null);

    private bool Masked(SecretTable table) =>
        table.Columns.Any(column =>
            column.Name.EndsWith("id", StringComparison.Ordinal) && Method(table.Name, column.Name) is not null
        );

    private bool IsOpen(string table)
    {
        var strict = Rules.Count > 0;
        var speak = _roles.Where(role => strict ? role.Rules.Count > 0 : role.Masks.Count > 0).ToList();
        return speak.Count > 0 && speak.TrueForAll(role => role.Unrestricted.Contains(table));
    }

    private bool Reaches(SecretTable table) =>
        table.HasMeaning && Rules.All(rule => _world.Path(table.Name, rule.Table) is not null);

    private SecretTable Permitted(SecretTable table)
    {
        var restricted = Rules.Count > 0 && !IsOpen(table.Name) && Reaches(table);
        var rows = restricted
            ? table.Rows.Where(row => Rules.All(rule => Holds(table, row, rule))).ToList()
            : table.Rows;
        return table with
        {
            Columns = [.. table.Columns.Select(column => Mask(table, column))],
            Rows =
            [
                .. rows.Select(row => table.Columns.Select((column, at) => Mask(table, column, row[at])).ToArray()),
            ],
        };
    }

    private bool Holds(SecretTable table, object?[] row, (string Table, string Attribute) rule)
    {
        foreach (var step in _world.Path(table.Name, rule.Table)!)
        {
            var key = row[table.At(step + "_id")];
            table = _world.Table(step);
            if (key is null || table.Rows.FirstOrDefault(other => other[0]!.Equals(key)) is not { } next)
            {
                return false;
            }

            row = next;
        }

        return row[table.At("label")] is string label
            && _person.Attributes.TryGetValue(rule.Attribute, out var values)
            && values.Contains(label);
    }

    private string? Method(string table, string column)
    {
        var methods = _roles
            .SelectMany(role => role.Masks)
            .Where(mask =>
                mask.Target.Split(' ') switch
                {
                    ["tag", var tag] => _classified.Any(item =>
                        item.Relation.Name == table && item.Column == column && item.Tags.Contains(tag)
                    ),
                    ["model", var name] => name == table,
                    [_, var name] => name == $"{table}.{column}",
                    _ => false,
                }
            )
            .Select(mask => mask.Method)
            .ToList();
        return methods.Count == 0 ? null : methods.MaxBy(method => Array.IndexOf(Strength, method));
    }

    private SecretColumn Mask(SecretTable table, SecretColumn column) =>
        Method(table.Name, column.Name) == "hash"
            ? column with
            {
                Type = "VARCHAR",
                Family = ColumnFamily.Text,
            }
            : column;

    private object? Mask(SecretTable table, SecretColumn column, object? value) =>
        (Method(table.Name, column.Name), column.Family, value) switch
        {
            (null, _, _) => value,
            ("hash", _, null) => null,
            ("hash", _, _) => Hash(value),
            ("redact", ColumnFamily.Text, _) => "•••",
            ("partial", ColumnFamily.Text, null) => null,
            ("partial", ColumnFamily.Text, string text) => text.Length >= 8 ? "•••" + text[^4..] : "•••",
            ("partial", ColumnFamily.Date, DateOnly day) => new DateOnly(day.Year, 1, 1),
            _ => null,
        };

    private string Hash(object value)
    {
        var text = value switch
        {
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            decimal amount => amount.ToString("0.00", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_key + text)))[..24];
    }

    // What lies in a row that nobody else has: its note and its amount.
    private static IEnumerable<string> Secrets(SecretTable table) =>
        table
            .Rows.SelectMany(row =>
                (string[])
                    [
                        row[table.At("note")] as string ?? "",
                        row[table.At("amount")] is decimal amount
                            ? amount.ToString("0.00", CultureInfo.InvariantCulture)
                            : "",
                    ]
            )
            .Where(secret => secret.Length > 7);
}
