using System.Globalization;
using System.Text;
using Headwater.Kernel.Names;
using Headwater.Query.Masking;

namespace Headwater.Query.Tests.Leaks;

/// <summary>Generated roles over a world, and people who have them.</summary>
internal sealed record SecretAccess(
    IReadOnlyList<SecretRole> Roles,
    IReadOnlyList<ClassifiedColumn> Classified,
    IReadOnlyList<Principal> People
)
{
    private static readonly string[] Methods = ["hash", "redact", "partial", "null"];

    public static SecretAccess Generate(SecretWorld world, Random random)
    {
        var known = world.Tables.Where(table => table.HasMeaning).ToList();
        var roles = Enumerable
            .Range(0, 3)
            .Select(index => new SecretRole(
                $"r{index}",
                [
                    .. Enumerable
                        .Range(0, random.Next(0, 3))
                        .Select(_ => (Pick(known, random).Name, $"a{random.Next(2)}")),
                ],
                [
                    .. Enumerable
                        .Range(0, random.Next(0, 3))
                        .Select(_ =>
                            (
                                Target: random.Next(3) switch
                                {
                                    0 => "tag secret",
                                    1 => $"model {Pick(world.Tables, random).Name}",
                                    _ =>
                                        $"column {Pick(world.Tables, random).Name}.{(random.Next(2) == 0 ? "note" : "amount")}",
                                },
                                Method: Methods[random.Next(Methods.Length)]
                            )
                        ),
                ],
                random.Next(3) == 0 ? [Pick(world.Tables, random).Name] : []
            ))
            .ToList();
        var classified = world
            .Tables.Where(_ => random.Next(2) == 0)
            .Select(table => new ClassifiedColumn(new RelationName("analytics", table.Name), "note", ["secret"], []))
            .ToList();
        var people = Enumerable
            .Range(0, 3)
            .Select(index => new Principal(
                $"p{index}",
                $"Person {index}",
                [.. roles.Where(_ => random.Next(2) == 0).Select(role => role.Name).DefaultIfEmpty(roles[index].Name)],
                Attributes(random)
            ))
            .ToList();
        return new SecretAccess(roles, classified, people);
    }

    public string Yaml()
    {
        var yaml = new StringBuilder("roles:\n");
        foreach (var role in Roles)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - name: {role.Name}\n    can: [view, explore, sql]\n");
            List(
                "row_rules",
                role.Rules.Select(rule => $"{{dimension: {rule.Table}__label, in: user.{rule.Attribute}}}")
            );
            List(
                "masks",
                role.Masks.Select(mask =>
                    $"{{{mask.Target.Replace(" ", ": ", StringComparison.Ordinal)}, with: {mask.Method}}}"
                )
            );
            List("unrestricted", role.Unrestricted);
        }

        return yaml.ToString();

        void List(string name, IEnumerable<string> items)
        {
            var lines = items.Select(item => $"      - {item}\n").ToList();
            if (lines.Count > 0)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"    {name}:\n{string.Concat(lines)}");
            }
        }
    }

    public IReadOnlyList<SecretRole> RolesOf(Principal person) =>
        [.. Roles.Where(role => person.Roles.Contains(role.Name))];

    private static Dictionary<string, IReadOnlyList<string>> Attributes(Random random)
    {
        var attributes = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var name in (string[])["a0", "a1"])
        {
            // Sometimes there is none, sometimes it is empty.
            if (random.Next(6) > 0)
            {
                attributes[name] = [.. SecretWorld.Labels.Where(_ => random.Next(2) == 0)];
            }
        }

        return attributes;
    }

    private static T Pick<T>(IReadOnlyList<T> items, Random random) => items[random.Next(items.Count)];
}

/// <param name="Rules">The table whose label must be among an attribute's values.</param>
/// <param name="Masks">What is masked, in the words of the file, and how.</param>
internal sealed record SecretRole(
    string Name,
    IReadOnlyList<(string Table, string Attribute)> Rules,
    IReadOnlyList<(string Target, string Method)> Masks,
    IReadOnlyList<string> Unrestricted
);
